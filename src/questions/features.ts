import { isThing } from './lexicon.ts';
import { type Mention, type ParserContext, parseQuestion } from './parse-question.ts';
import { wordsOf } from './tokenize.ts';

/** What two questions are compared by: ideas, words and pairs of them, names by their kind; with how much each counts. */
export type Features = ReadonlyMap<string, number>;

const WEIGHT = { aside: 0.3, ideaBesideName: 0.7, wordOfIdea: 0.8, pair: 0.8, bare: 0.7 } as const;
/** What is said to anybody about anything. */
const SMALL_TALK =
  /^(please|pleas|pls|plz|hey|hi|hello|yo|lol|lmao|thank|thx|hmm|um|uh|oh|bro|dude|man|guy|omg|ok|okay|well|so)$/;
/** A name that could be three things or more says only that it is a name. */
const MOST_THINGS = 2;

/** The features of a question that was read. */
export function featuresOf(text: string, mentions: readonly Mention[]): Features {
  return collect(mentions, wordsOf(text), true);
}

/** The features of an example: placeholders count as any name of their kind. */
export function featuresOfExample(text: string, context: ParserContext): Features {
  const { filled, holes } = fill(text);
  const names = new Set(holes.flatMap(wordsOf));
  const words = wordsOf(filled).filter((word) => !names.has(word));
  return collect(parseQuestion(filled, context), words, holes.length === 0);
}

function collect(mentions: readonly Mention[], words: readonly string[], named: boolean): Features {
  const features = new Map<string, number>();
  const put = (feature: string, weight: number) => {
    if (weight > (features.get(feature) ?? 0)) features.set(feature, weight);
  };
  const titles = new Set<string>();
  const apart = isSaidAside(mentions) ? 1 : WEIGHT.aside;
  let before = '';
  for (const mention of mentions) {
    const share = mention.aside ? apart : 1;
    const { things, ideas } = meaningsOf(mention);
    const kinds = [...new Set(things.map((one) => `{${one.split(':')[0]}}`))];
    for (const kind of kinds) put(kind, share);
    if (named && things.length <= MOST_THINGS) for (const thing of things) put(thing, share);
    if (kinds[0] === '{title}') titles.add(things[0] ?? '');
    for (const idea of ideas) put(`#${idea}`, share * (kinds.length > 0 ? WEIGHT.ideaBesideName : 1));
    if (kinds.length === 0)
      for (const word of mention.words) put(word, share * (ideas.length > 0 ? WEIGHT.wordOfIdea : 1));
    if (mention.kind === 'elsewhere') put('!elsewhere', share);
    if (mention.focus) put('!focus', share);
    if (mention.kind === 'unknown' && !mention.common) put('!strange', share);
    const own = kinds[0] ?? (ideas[0] ? `#${ideas[0]}` : mention.words.join(' '));
    if (before) put(`${before} ${own}`, share * WEIGHT.pair);
    before = own;
  }
  if (titles.size > 1) put('{titles}', 1);
  for (const word of words) if (!SMALL_TALK.test(word)) put(`"${word}`, WEIGHT.bare);
  return features;
}

/** Whether what asks says hardly anything, so that what stands beside it is the question: "…, is that right?" */
const isSaidAside = (mentions: readonly Mention[]) =>
  mentions.filter(({ aside, kind }) => !aside && TELLING.has(kind)).length < 2;
const TELLING: ReadonlySet<Mention['kind']> = new Set(['thing', 'strict', 'concept', 'loose']);

/** What a mention means: the things that it names, and the ideas of the vocabulary. */
function meaningsOf({ kind, means }: Mention): { things: string[]; ideas: string[] } {
  return {
    things: kind === 'thing' ? means.filter(isThing) : [],
    ideas: means.filter((one) => !isThing(one)),
  };
}

/** What stands for a placeholder while an example is read. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  title: ['john wick 4', 'chapter 2', 'parabellum'],
  person: ['norman reedus', 'gabriel byrne'],
  character: ['winston', 'lena'],
  region: ['japan', 'india'],
  service: ['starz', 'peacock'],
  year: ['2024'],
};

function fill(text: string): { filled: string; holes: string[] } {
  const holes: string[] = [];
  const filled = text.replace(/\{(\w+)\}/g, (hole, kind: string) => {
    const names = STAND_INS[kind] ?? [hole];
    const name = names.find((one) => !holes.includes(one)) ?? names[0] ?? '';
    holes.push(name);
    return name;
  });
  return { filled, holes };
}
