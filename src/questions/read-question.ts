import type { AskModel, WordUse } from './ask-model.ts';
import { featuresOf, markNovelWords } from './features.ts';
import type { Intent } from './intent.ts';
import { type Place, placesIn } from './name-places.ts';
import type { Votes } from './nearest-examples.ts';
import { askedMentions, type Mention, type ParserContext, parseQuestion } from './parse-question.ts';

/** A question, and all that is told by it alone. */
export interface ReadQuestion {
  mentions: readonly Mention[];
  /** The mentions, "John Wick" being no first film where another title is named. */
  chosen: readonly Mention[];
  /** Those of the mentions that are asked about: others only give context. */
  asked: ReadonlySet<Mention>;
  /** Everything that is mentioned: things and concepts. */
  features: ReadonlySet<string>;
  /** What counts as a title that it names. */
  titles: ReadonlySet<string>;
  /** Whether it names a title for certain. */
  hasTitle: boolean;
  /** Whether it has nothing but names: "Shannon Tindle?" */
  isName: boolean;
  places: ReadonlyMap<string, ReadonlySet<Place>>;
  useOf(word: string): WordUse | undefined;
  /** How likely each intent is, by what was learned. */
  shares: ReadonlyMap<Intent, number>;
  /** How likely it has no answer here. */
  nothing: number;
  /** What examples like it ask for. */
  votes: Votes;
}

/** Reads a question: what it mentions, and what it may ask for. */
export function readQuestion(text: string, model: AskModel, context: ParserContext): ReadQuestion {
  const mentions = parseQuestion(text, context);
  const features = featuresOf(text, mentions);
  const isFamiliar = (word: string) => model.useOf(word) !== undefined;
  return {
    ...readNames(mentions),
    places: placesIn(text),
    useOf: model.useOf,
    ...model.rank(markNovelWords(features, mentions, isFamiliar)),
    votes: model.vote(features),
  };
}

function readNames(
  mentions: readonly Mention[],
): Pick<ReadQuestion, 'mentions' | 'chosen' | 'asked' | 'features' | 'titles' | 'hasTitle' | 'isName'> {
  const hasTitle = mentions.some(
    ({ kind, meanings }) => kind === 'thing' && !meanings.includes('franchise') && meanings.some(isTitle),
  );
  const isAsked = new Set(askedMentions(mentions));
  const asked = new Set<Mention>();
  const chosen = mentions.map((mention) => {
    const copy = hasTitle ? withoutFirstFilm(mention) : mention;
    if (isAsked.has(mention)) asked.add(mention).add(copy);
    return copy;
  });
  const features = new Set(chosen.flatMap(allMeanings));
  return {
    mentions,
    chosen,
    asked,
    features,
    hasTitle,
    // "2 and 3" are chapters where chapters are spoken of; elsewhere they are numbers.
    titles: hasTitle || features.has('franchise') ? features : new Set(chosen.flatMap(namedThings)),
    isName: [...asked].every(({ kind }) => kind === 'thing' || kind === 'hint'),
  };
}

/** Whether a meaning is a title. */
export const isTitle = (meaning: string) => meaning.startsWith('title:');

const namedThings = ({ kind, meanings, parts = [] }: Mention): string[] => [
  ...(kind === 'thing' ? meanings : []),
  ...parts.flatMap(namedThings),
];

const allMeanings = ({ meanings, parts = [] }: Mention): string[] => [
  ...meanings,
  ...parts.flatMap(allMeanings),
];

/** Beside another title "John Wick" is the character or the franchise, not the first film. */
function withoutFirstFilm(mention: Mention): Mention {
  if (!mention.meanings.includes('franchise')) return mention;
  return { ...mention, meanings: mention.meanings.filter((meaning) => !isTitle(meaning)) };
}
