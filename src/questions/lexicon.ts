import type { Facts } from '../facts/snapshot.ts';
import { normalize } from '../lib/search.ts';
import type { Steps } from './steps.ts';
import { typedWords, wordsOf } from './tokenize.ts';
import { phrasesOf, type Vocabulary } from './vocabulary-schema.ts';

/** The meaning of words that carry nothing. */
export const STOP_WORD = '-';
/** The meaning of words that only questions about other subjects carry. */
export const OUT_OF_SCOPE = '!';

/** Whether a meaning is a thing of the facts, such as "person:keanu-reeves"; others are concepts of the vocabulary. */
export const isThing = (meaning: string) => meaning.includes(':');

/** How much it matters that an answer has a concept. */
export type Force = 'strict' | 'loose' | 'hint';

/** The phrases that are understood. Words are stems, unless it says otherwise. */
export interface Lexicon {
  /** By their first word, the longest first. */
  phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** The words that carry nothing, wherever they stand. */
  stopWords: ReadonlySet<string>;
  /** All words of all phrases. */
  words: ReadonlySet<string>;
  /** The words of phrases that are not out of scope, as they are written: what a typo may have been meant to be. */
  spellings: ReadonlySet<string>;
  /** One-word names of what is not in the franchise. They may be ordinary words. */
  otherNames: ReadonlySet<string>;
  /** The force of each concept, where it has one of its own. */
  force: ReadonlyMap<string, Force>;
}

/** Words that together have a meaning. */
export interface Phrase {
  words: readonly string[];
  /**
   * Whether no stop words may stand between its words. It holds words such as "who" and "in": "who sat in" is not "who in".
   */
  isContiguous: boolean;
  /** What it can mean: one of these. */
  meanings: readonly string[];
}

/** Creates the lexicon of the names in the facts and of the vocabulary. `others` are names of what is not in the franchise. */
export function* createLexicon(
  facts: Facts,
  vocabulary: Vocabulary,
  others: readonly string[] = [],
): Steps<Lexicon> {
  const meanings = new Map<string, Set<string>>();
  const spellings = new Set<string>();
  const isOneWord = (name: string) => wordsOf(name).length === 1;
  // A name of one word may be an ordinary word: it alone does not lead elsewhere.
  const unmistakable = others.filter((name) => !isOneWord(name)).map((name) => [name, OUT_OF_SCOPE] as const);
  let count = 0;
  for (const [phrase, meaning] of phrasesIn(facts, vocabulary, unmistakable)) {
    count += 1;
    if (count % SLICE === 0) yield;
    const words = typedWords(phrase);
    const key = words.map(({ stem }) => stem).join(' ');
    if (key) meanings.set(key, (meanings.get(key) ?? new Set()).add(meaning));
    if (meaning !== OUT_OF_SCOPE) for (const word of words) spellings.add(word.typed);
  }
  const force = new Map(
    Object.entries(vocabulary.concepts).flatMap(([id, { force }]) => (force ? [[id, force] as const] : [])),
  );
  yield;
  const stopWords = [...meanings].flatMap(([key, set]) =>
    set.size === 1 && set.has(STOP_WORD) ? [key] : [],
  );
  return {
    phrases: yield* phrasesByFirstWord(meanings, force),
    stopWords: new Set(stopWords),
    words: new Set([...meanings.keys()].flatMap((key) => key.split(' '))),
    spellings,
    otherNames: new Set(others.filter(isOneWord).flatMap(wordsOf)),
    force,
  };
}

/** So many phrases are read before others have their turn. */
const SLICE = 250;

type Meanings = ReadonlyMap<string, ReadonlySet<string>>;

function* phrasesByFirstWord(meanings: Meanings, force: Lexicon['force']): Steps<Map<string, Phrase[]>> {
  const isLight = (word: string) =>
    [...(meanings.get(word) ?? [])].every(
      (meaning) => meaning === STOP_WORD || force.get(meaning) === 'hint',
    );
  const phrases = new Map<string, Phrase[]>();
  let count = 0;
  for (const [key, set] of meanings) {
    const words = key.split(' ');
    const chosen = chooseMeanings(set);
    const isContiguous =
      chosen.some((meaning) => isThing(meaning) || meaning === OUT_OF_SCOPE) ||
      words.some((word) => meanings.has(word) && isLight(word));
    const first = words[0] ?? '';
    const list = phrases.get(first) ?? [];
    if (list.push({ words, meanings: chosen, isContiguous }) === 1) phrases.set(first, list);
    count += 1;
    if (count % SLICE === 0) yield;
  }
  yield;
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length);
  return phrases;
}

/** Where stemming brings two words together ("date", "dating"), the meaning that says something of the facts counts. */
function chooseMeanings(set: ReadonlySet<string>): string[] {
  const telling = [...set].filter((meaning) => meaning !== STOP_WORD && meaning !== OUT_OF_SCOPE);
  if (telling.length > 0) return telling;
  return [set.has(STOP_WORD) ? STOP_WORD : OUT_OF_SCOPE];
}

/** Every phrase with a meaning. */
function* phrasesIn(
  facts: Facts,
  vocabulary: Vocabulary,
  others: Iterable<readonly [phrase: string, meaning: string]>,
): Generator<readonly [phrase: string, meaning: string]> {
  for (const [meaning, names] of namesIn(facts)) for (const name of names) yield [name, meaning];
  yield* countries();
  for (const [meaning, lines] of linesIn(vocabulary))
    for (const phrase of phrasesOf(lines)) yield [phrase, meaning];
  yield* others;
}

/** What the things of the facts are called, by their meaning. */
function namesIn({ titles, people, characters }: Facts): [meaning: string, names: readonly string[]][] {
  return [
    ...Object.entries(titles).map(([id, { aliases }]): [string, string[]] => [
      `title:${id}`,
      [...aliases, id.replaceAll('-', ' ')],
    ]),
    ...Object.entries(people).map(([id, { name, aliases = [] }]): [string, string[]] => [
      `person:${id}`,
      [name, ...aliases, ...surname(name)],
    ]),
    ...Object.entries(characters).map(([id, { name, aliases = [] }]): [string, string[]] => [
      `character:${id}`,
      [...Object.values(name), ...aliases],
    ]),
  ];
}

/** The lines of phrases in the vocabulary, by their meaning. */
function linesIn(vocabulary: Vocabulary): [meaning: string, lines: readonly string[]][] {
  return [
    ...Object.entries(vocabulary.names),
    ...Object.entries(vocabulary.concepts).map(([id, { phrases }]): [string, string[]] => [id, phrases]),
    [STOP_WORD, vocabulary.fillers],
    [OUT_OF_SCOPE, vocabulary.elsewhere],
  ];
}

/** People are called by their last name; one as short as "Lee" or "Yen" is too common for that. */
function surname(name: string): string[] {
  const last = normalize(name).split(' ').at(-1) ?? '';
  return last.length >= 5 ? [last] : [];
}

/** Every country by its English name: a question about one that is not in the facts must be seen to be about it. */
function* countries(): Generator<[name: string, meaning: string]> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code);
    // Aliases and groups are left out: "UK" is "GB", the European Union no country.
    const isCountry =
      new Intl.Locale(`und-${code}`).region === code && !/^(EU|EZ|UN|QO|X[AB]|ZZ)$/.test(code);
    if (name && isCountry) yield [name, `region:${code}`];
  }
}
