import { isThing } from './lexicon.ts';
import { askedMentions, type Mention, type ParserContext, parseQuestion } from './parse-question.ts';
import { wordsOf } from './tokenize.ts';

/**
 * What two questions are compared by, with how much each counts: concepts ("#runtime"), words, pairs of them, names ("title:…")
 * and their kinds ("{title}").
 */
export type Features = ReadonlyMap<string, number>;

const WEIGHT = { context: 0.3, conceptBesideName: 0.7, wordOfConcept: 0.8, pair: 0.8, bare: 0.7 } as const;
/** What is said to anybody about anything. */
const SMALL_TALK =
  /^(please|pleas|pls|plz|hey|hi|hello|yo|lol|lmao|thank|thx|hmm|um|uh|oh|bro|dude|man|guy|omg|ok|okay|well|so)$/;
/** What marks the feature of a word by itself. */
const BARE = '=';
/** A name that could be three things or more says only that it is a name. */
const MAX_THINGS = 2;

/** Returns the features of a question that was parsed. */
export function featuresOf(text: string, mentions: readonly Mention[]): Features {
  return collectFeatures(mentions, wordsOf(text), true);
}

/** An example that was parsed. */
export interface ParsedExample {
  features: Map<string, number>;
  mentions: readonly Mention[];
}

/** Returns the features of an example, in which placeholders count as any name of their kind. */
export function exampleFeatures(text: string, context: ParserContext): ParsedExample {
  const { filled, names } = fillPlaceholders(text);
  const nameWords = new Set(names.flatMap(wordsOf));
  const words = wordsOf(filled).filter((word) => !nameWords.has(word));
  const mentions = parseQuestion(filled, context);
  return { features: collectFeatures(mentions, words, names.length === 0), mentions };
}

/** Returns the words of what is asked that mean nothing here and are not familiar from other questions. */
const novelWords = (mentions: readonly Mention[], isFamiliar: (word: string) => boolean): string[] =>
  mentions.flatMap(({ kind, isContext, words: [word = ''] }) =>
    !isContext && (kind === 'unknown' || kind === 'word') && !isFamiliar(word) ? [word] : [],
  );

/** Adds to the features whether there are novel words: a question with them is seldom about the franchise. */
export function markNovelWords(
  features: Features,
  mentions: readonly Mention[],
  isFamiliar: (word: string) => boolean,
): Features {
  const count = novelWords(mentions, isFamiliar).length;
  return new Map([...features, ...['!novel', '!novels'].slice(0, count).map((mark) => [mark, 1] as const)]);
}

/** Collects features; names count by themselves, not only by their kind, where `withNames` says so. */
function collectFeatures(
  mentions: readonly Mention[],
  words: readonly string[],
  withNames: boolean,
): Map<string, number> {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => {
    if (weight > (features.get(feature) ?? 0)) features.set(feature, weight);
  };
  const contextShare = asksInContext(mentions) ? 1 : WEIGHT.context;
  let before = '';
  for (const mention of mentions) {
    const share = mention.isContext ? contextShare : 1;
    for (const [feature, weight] of featuresOfMention(mention, withNames)) add(feature, share * weight);
    const own = mainFeature(mention);
    if (before) add(`${before} ${own}`, share * WEIGHT.pair);
    before = own;
  }
  if (new Set(mentions.flatMap(firstTitle)).size > 1) add('{titles}', 1);
  for (const word of words) if (!SMALL_TALK.test(word)) add(`${BARE}${word}`, WEIGHT.bare);
  return features;
}

/** The features of a mention, with their weights. */
function featuresOfMention(mention: Mention, withNames: boolean): [feature: string, weight: number][] {
  const { things, concepts } = meaningsOf(mention);
  const kinds = kindsOf(things);
  const isName = kinds.length > 0;
  const names = withNames && things.length <= MAX_THINGS ? things : [];
  const words = isName ? [] : mention.words;
  const weigh = (features: readonly string[], weight: number) =>
    features.map((feature): [string, number] => [feature, weight]);
  return [
    ...weigh([...kinds, ...names], 1),
    ...weigh(
      concepts.map((concept) => `#${concept}`),
      isName ? WEIGHT.conceptBesideName : 1,
    ),
    ...weigh(words, concepts.length > 0 ? WEIGHT.wordOfConcept : 1),
    ...weigh(marksOf(mention), 1),
  ];
}

/** What tells of a mention as a whole, whatever it means. */
function marksOf({ kind, isFocus, commonness }: Mention): string[] {
  return [
    ...(kind === 'outOfScope' ? ['!out-of-scope'] : []),
    ...(isFocus ? ['!focus'] : []),
    ...(kind === 'unknown' && !commonness ? ['!unknown'] : []),
  ];
}

/** The feature by which a mention counts in a pair. */
function mainFeature(mention: Mention): string {
  const { things, concepts } = meaningsOf(mention);
  const [kind] = kindsOf(things);
  return kind ?? (concepts[0] ? `#${concepts[0]}` : mention.words.join(' '));
}

/** The title that a mention names, where titles are what it names first. */
function firstTitle(mention: Mention): string[] {
  const [thing] = meaningsOf(mention).things;
  return thing?.startsWith('title:') ? [thing] : [];
}

/** The kinds of things, as placeholders: "{title}". */
const kindsOf = (things: readonly string[]) => [
  ...new Set(things.map((thing) => `{${thing.split(':')[0]}}`)),
];

/** Whether the clause that asks says hardly anything, so that its context is the question. */
const asksInContext = (mentions: readonly Mention[]) =>
  askedMentions(mentions).some(({ isContext }) => isContext);

/** What a mention means: the things that it names, and the concepts of the vocabulary. */
function meaningsOf({ kind, meanings }: Mention): { things: string[]; concepts: string[] } {
  return {
    things: kind === 'thing' ? meanings.filter(isThing) : [],
    concepts: meanings.filter((meaning) => !isThing(meaning)),
  };
}

/** What stands for a placeholder while an example is parsed. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  title: ['john wick 4', 'chapter 2', 'parabellum'],
  person: ['norman reedus', 'gabriel byrne'],
  character: ['winston', 'lena'],
  region: ['japan', 'india'],
  service: ['starz', 'peacock'],
  year: ['2024'],
};

/** Puts names into the placeholders of an example; returns these names too. */
function fillPlaceholders(text: string): { filled: string; names: string[] } {
  const names: string[] = [];
  const filled = text.replace(/\{(\w+)\}/g, (placeholder, kind: string) => {
    const candidates = STAND_INS[kind] ?? [placeholder];
    const name = candidates.find((candidate) => !names.includes(candidate)) ?? candidates[0] ?? '';
    names.push(name);
    return name;
  });
  return { filled, names };
}
