import type { Facts } from '../facts/snapshot.ts';
import { normalize } from '../lib/search.ts';
import { typedWords } from './tokenize.ts';
import { phrasesOf, type Vocabulary } from './vocabulary-schema.ts';

/** What a phrase carries nothing of, and what only other subjects carry. */
export const STOP_WORD = '-';
export const OUT_OF_SCOPE = '!';

/** Whether a meaning is a thing of the facts, not a concept. */
export const isThing = (meaning: string) => meaning.includes(':');

/** The phrases that are understood: by their first word, the longest first. */
export interface Lexicon {
  phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** The words that carry nothing, wherever they stand. */
  stopWords: ReadonlySet<string>;
  /** All words of all phrases. */
  words: ReadonlySet<string>;
  /** Those of them that are not only about other things: what a typo may have been meant to be. */
  ours: ReadonlySet<string>;
  /** The words as they are written in phrases that are not about other things: what a typo may have been meant to be. */
  typed: ReadonlySet<string>;
  /** How much each concept matters, where it is less than all. */
  force: ReadonlyMap<string, 'strict' | 'loose' | 'hint'>;
}

export interface Phrase {
  words: readonly string[];
  /** It holds words such as "who" and "in", so that no others may stand between them: "who sat in" is not "who in". */
  tight: boolean;
  /** What it can mean: one of these. */
  means: readonly string[];
}

/** Makes the lexicon of the names in the facts and of the vocabulary. */
export function createLexicon(facts: Facts, vocabulary: Vocabulary): Lexicon {
  const meanings = new Map<string, Set<string>>();
  const typed = new Set<string>();
  for (const [phrase, meaning] of phrasesIn(facts, vocabulary)) {
    const words = typedWords(phrase);
    const key = words.map(({ stem }) => stem).join(' ');
    if (key) meanings.set(key, (meanings.get(key) ?? new Set()).add(meaning));
    if (meaning !== OUT_OF_SCOPE) for (const word of words) typed.add(word.typed);
  }
  const force = new Map(
    Object.entries(vocabulary.concepts).flatMap(([id, { force }]) => (force ? [[id, force] as const] : [])),
  );
  const isLight = (key: string) =>
    [...(meanings.get(key) ?? [])].every((one) => one === STOP_WORD || force.get(one) === 'hint');
  const stopWords = new Set(
    [...meanings].flatMap(([key, set]) => (set.size === 1 && set.has(STOP_WORD) ? [key] : [])),
  );
  const phrases = new Map<string, Phrase[]>();
  for (const [key, set] of meanings) {
    const words = key.split(' ');
    const means = meansOf(set);
    const tight =
      means.some((one) => isThing(one) || one === OUT_OF_SCOPE) ||
      words.some((word) => meanings.has(word) && isLight(word));
    const phrase = { words, means, tight };
    const first = words[0] ?? '';
    phrases.set(first, [...(phrases.get(first) ?? []), phrase]);
  }
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length);
  const words = new Set([...meanings.keys()].flatMap((key) => key.split(' ')));
  const ours = new Set(
    [...meanings].flatMap(([key, set]) => (meansOf(set)[0] === OUT_OF_SCOPE ? [] : key.split(' '))),
  );
  return { phrases, stopWords, words, ours, typed, force };
}

/** Where endings bring two words together ("date", "dating"), the one that says something of the facts stands. */
function meansOf(set: ReadonlySet<string>): string[] {
  const things = [...set].filter((one) => one !== STOP_WORD && one !== OUT_OF_SCOPE);
  if (things.length > 0) return things;
  return [set.has(STOP_WORD) ? STOP_WORD : OUT_OF_SCOPE];
}

function* phrasesIn(
  { titles, people, characters }: Facts,
  vocabulary: Vocabulary,
): Generator<[string, string]> {
  for (const [id, { aliases }] of Object.entries(titles))
    for (const name of [...aliases, id.replaceAll('-', ' ')]) yield [name, `title:${id}`];
  for (const [id, { name, aliases = [] }] of Object.entries(people)) {
    for (const one of [name, ...aliases, ...surname(name)]) yield [one, `person:${id}`];
  }
  for (const [id, { name, aliases = [] }] of Object.entries(characters)) {
    for (const one of [...Object.values(name), ...aliases]) yield [one, `character:${id}`];
  }
  for (const [code, name] of regions()) yield [name, `region:${code}`];
  for (const [id, lines] of Object.entries(vocabulary.names))
    for (const phrase of phrasesOf(lines)) yield [phrase, id];
  for (const [id, { phrases }] of Object.entries(vocabulary.concepts))
    for (const phrase of phrasesOf(phrases)) yield [phrase, id];
  for (const phrase of phrasesOf(vocabulary.fillers)) yield [phrase, STOP_WORD];
  for (const phrase of phrasesOf(vocabulary.elsewhere)) yield [phrase, OUT_OF_SCOPE];
}

/** People are called by their last name; one as short as "Lee" or "Yen" is too common for that. */
function surname(name: string): string[] {
  const last = normalize(name).split(' ').at(-1) ?? '';
  return last.length >= 5 ? [last] : [];
}

/** Every country by its English name: a question about one that is not in the facts must be seen to be about it. */
function regions(): [code: string, name: string][] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((a) =>
    letters.flatMap((b): [string, string][] => {
      const name = names.of(a + b);
      // Aliases and groups are left out: "UK" is "GB", the European Union no country.
      const isCountry =
        new Intl.Locale(`und-${a}${b}`).region === a + b && !/^(EU|EZ|UN|QO|X[AB]|ZZ)$/.test(a + b);
      return name && isCountry ? [[a + b, name]] : [];
    }),
  );
}
