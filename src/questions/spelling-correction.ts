import { editDistance } from './edit-distance.ts';
import type { English } from './english-words.ts';
import type { Steps } from './steps.ts';

/** Finds the word that a misspelt one was meant to be; undefined where none is near. */
export type Spelling = (word: string) => string | undefined;

/** Shorter words are not corrected: two letters are not enough to guess from. */
const MIN_LENGTH = 3;
const MAX_LENGTH = 24;
/** What an English word that means nothing here is behind one that does. */
const OTHER_WORD_HANDICAP = 0.35;
/** So many corrections are kept. */
const MAX_CORRECTIONS = 500;

interface Candidate {
  word: string;
  /** The letters in it, one bit each. */
  letters: number;
  handicap: number;
}

/**
 * Creates the spelling correction. Typos are corrected against the given words and those of everyday English, so that a typo in
 * an ordinary word is not taken for a word that means something here. The nearest is taken.
 */
export function* createSpelling(words: Iterable<string>, english: English): Steps<Spelling> {
  const byLength = yield* candidatesByLength(words, english);
  const corrections = new Map<string, string | undefined>();

  return (word) => {
    if (word.length < MIN_LENGTH || word.length > MAX_LENGTH || /\d/.test(word)) return undefined;
    if (!corrections.has(word)) {
      if (corrections.size > MAX_CORRECTIONS) corrections.clear();
      const { length } = word;
      const near = [-2, -1, 0, 1, 2, 3].flatMap((longer) => byLength.get(length + longer) ?? []);
      corrections.set(word, nearest(word, near));
    }
    return corrections.get(word);
  };
}

/** So many words are looked at before others have their turn. */
const SLICE = 4_000;

function* candidatesByLength(words: Iterable<string>, english: English): Steps<Map<number, Candidate[]>> {
  const byLength = new Map<number, Candidate[]>();
  let count = 0;
  for (const [word, handicap] of handicaps(words, english)) {
    count += 1;
    if (count % SLICE === 0) yield;
    const list = byLength.get(word.length) ?? [];
    if (list.push({ word, letters: lettersIn(word), handicap }) === 1) byLength.set(word.length, list);
  }
  return byLength;
}

/** Every word that a typo may have been meant to be, with how far it is behind the others. */
function* handicaps(words: Iterable<string>, english: English): Generator<[word: string, handicap: number]> {
  const own = new Set([...words].filter((word) => word.length >= MIN_LENGTH && !/\d/.test(word)));
  for (const word of own) yield [word, 0];
  for (const [word, level] of english.words)
    if (level !== 'known' && word.length >= MIN_LENGTH && !own.has(word))
      yield [word, level === 'everyday' ? OTHER_WORD_HANDICAP / 2 : OTHER_WORD_HANDICAP];
}

/** The candidate with the least distance, of several the first in the alphabet. */
function nearest(word: string, candidates: readonly Candidate[]): string | undefined {
  const letters = lettersIn(word);
  let best: Correction | undefined;
  for (const candidate of candidates) {
    // Most are ruled out by their letters, which is quick.
    if (bitsIn(letters ^ candidate.letters) > 5) continue;
    const distance = editDistance(word, candidate.word);
    if (distance > maxDistance(Math.min(word.length, candidate.word.length))) continue;
    const found = { word: candidate.word, distance: distance + candidate.handicap };
    if (!best || isNearer(found, best)) best = found;
  }
  return best?.word;
}

interface Correction {
  word: string;
  distance: number;
}

const isNearer = (one: Correction, other: Correction) =>
  one.distance < other.distance || (one.distance === other.distance && one.word < other.word);

/** How much may be wrong in a word of this length. */
function maxDistance(length: number): number {
  if (length <= 3) return 0.6;
  if (length === 4) return 1;
  if (length <= 6) return 1.3;
  return length <= 8 ? 2 : 2.7;
}

function lettersIn(word: string): number {
  let letters = 0;
  for (const letter of word) letters |= 1 << (letter.charCodeAt(0) & 31);
  return letters;
}

function bitsIn(letters: number): number {
  let count = 0;
  for (let rest = letters; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
