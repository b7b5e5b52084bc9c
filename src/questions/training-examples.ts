import type { Profile } from './answer-profile.ts';
import { scaled } from './ask-model.ts';
import type { Examples } from './examples-schema.ts';
import { exampleFeatures, type Features, markNovelWords } from './features.ts';
import { type Intent, intentOfList, NOTHING } from './intent.ts';
import type { OtherTitles } from './other-titles.ts';
import type { ParserContext } from './parse-question.ts';
import { matchingPaths } from './path-pattern.ts';
import { wordsOf } from './tokenize.ts';
import type { TrainingExample } from './train-model.ts';
import { LISTS } from './vocabulary-schema.ts';

/** What the model is learned from. */
export interface TrainingSource {
  examples: Examples;
  otherTitles: OtherTitles;
  /** The answers by the newest facts. */
  profiles: readonly Profile[];
  parserContext: ParserContext;
}

/** The examples to learn from. */
export interface TrainingSet {
  examples: TrainingExample[];
  /** The intents for which each word of the answered examples is used. */
  words: ReadonlyMap<string, ReadonlySet<Intent>>;
}

/** Of several intents of an example, the first is meant first; each other one counts for this share of it. */
const LATER_INTENT = 0.6;

/** An example, with what it asks for. */
interface Labelled {
  text: string;
  intents: readonly Intent[];
}

/** Returns the examples with their features. Refused ones are added: each answered one, about another film or person. */
export function createTrainingSet({ examples, otherTitles, ...source }: TrainingSource): TrainingSet {
  const answered = answeredExamples(examples, source.profiles);
  const refused = examples.refused.flatMap(({ like }) => like);
  const others = createRenamer(otherTitles);
  const renamed = answered.flatMap(({ text }) => others(text) ?? []);
  const counts = new Map<string, number>();
  for (const { text } of answered) for (const word of wordsIn(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  // Examples are spelt as they are meant to be.
  const context: ParserContext = { ...source.parserContext, spelling: () => undefined };
  const featuresOf = (text: string, isFamiliar: (word: string) => boolean): Features => {
    const { features, mentions } = exampleFeatures(text, context);
    return markNovelWords(features, mentions, isFamiliar);
  };
  const nothing = new Map([[NOTHING, 1]]);
  const all: TrainingExample[] = [
      // A word that only this example has would be a new one in a question like it.
      ...answered.map(({ text, intents }) => ({
        features: scaled(featuresOf(text, (word) => (counts.get(word) ?? 0) > 1)),
        shares: sharesOf(intents),
      })),
      ...[...refused, ...renamed].map((text) => ({
        features: scaled(featuresOf(text, (word) => counts.has(word))),
        shares: nothing,
      })),
    ];
  return { examples: withoutRare(all), words: wordsByIntent(answered) };
}

/** Pairs of words that only one example has say nothing about others, and are most of all features. */
function withoutRare(examples: readonly TrainingExample[]): TrainingExample[] {
  const counts = new Map<string, number>();
  for (const { features } of examples)
    for (const [feature] of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const isKept = (feature: string) => !feature.includes(' ') || (counts.get(feature) ?? 0) > 1;
  return examples.map(({ features, shares }) => ({ features: features.filter(([feature]) => isKept(feature)), shares }));
}

function answeredExamples({ answered }: Examples, profiles: readonly Profile[]): Labelled[] {
  const intentsAt = createIntentLookup(profiles);
  return answered.flatMap(({ asks, like }) => {
    const intents = [...new Set(asks.flatMap(intentsAt))];
    return intents.length > 0 ? like.map((text) => ({ text, intents })) : [];
  });
}

/** Returns a function that returns the intents to which a path or pattern leads. */
function createIntentLookup(profiles: readonly Profile[]): (pattern: string) => Intent[] {
  const intents = new Map([
    ...profiles.flatMap(({ target, intent }) => ('slot' in target ? [[target.slot, intent] as const] : [])),
    ...LISTS.map((list) => [`list/${list}`, intentOfList(list)] as const),
  ]);
  const paths = [...intents.keys()];
  return (pattern) => {
    const own = intents.get(pattern);
    if (own) return [own];
    return [...new Set(matchingPaths(pattern, paths).flatMap((path) => intents.get(path) ?? []))];
  };
}

function sharesOf(intents: readonly Intent[]): Map<Intent, number> {
  const total = 1 + LATER_INTENT * (intents.length - 1);
  return new Map(intents.map((intent, at) => [intent, (at === 0 ? 1 : LATER_INTENT) / total]));
}

const wordsIn = (text: string) => new Set(wordsOf(text.replace(/\{\w+\}/g, ' ')));

function wordsByIntent(answered: readonly Labelled[]): Map<string, Set<Intent>> {
  const words = new Map<string, Set<Intent>>();
  for (const { text, intents } of answered)
    for (const word of wordsIn(text)) {
      const known = words.get(word) ?? new Set();
      words.set(word, known);
      for (const intent of intents) known.add(intent);
    }
  return words;
}

/** How titles and people of the franchise are named in examples. */
const OWN_TITLE =
  /\b(?:the )?(?:ballerina(?: movie| film)?|john wick:?(?: chapter)? ?\d|wick \d|chapter \d|parabellum|john wick(?: movies?| films?)?)\b/i;
const OWN_PERSON = /\b(?:keanu(?: reeves)?|ana(?: de armas)?|lance reddick|len wiseman|ian mcshane|norman reedus)\b/i;
/** What is left of the franchise in an example makes it no question about something else. */
const OWN_NAME = /wick|ballerina|\bana\b|keanu|armas|reddick|continental|\{/i;

/** Returns a function that puts the names of others into an example; undefined where it names none of ours. Names take turns. */
export function createRenamer({ titles, people, places }: OtherTitles): (text: string) => string | undefined {
  const nextTitle = createTurns([...titles, ...places]);
  const nextPerson = createTurns(people);
  return (text) => {
    if (titles.length === 0 || people.length === 0) return undefined;
    const renamed = text
      .replaceAll('{title}', () => nextTitle())
      .replaceAll(/\{(person|character)\}/g, () => nextPerson())
      .replace(OWN_TITLE, () => nextTitle())
      .replace(OWN_PERSON, () => nextPerson());
    return renamed !== text && !OWN_NAME.test(renamed) ? renamed : undefined;
  };
}

function createTurns(names: readonly string[]): () => string {
  let turn = 0;
  return () => {
    turn += 1;
    return names[(turn - 1) % names.length] ?? '';
  };
}
