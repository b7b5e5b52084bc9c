import type { English } from './english-words.ts';

/** Finds the known word that a misspelt one was meant to be. */
export type Spelling = (word: string) => string | undefined;

/** Two letters are not enough to guess from. */
const SHORTEST = 3;
/** A real word that is not ours is a weaker guess than one of ours. */
const STRANGER = 0.35;

interface Candidate {
  word: string;
  letters: number;
  handicap: number;
}

/**
 * Typos are corrected against the words that are ours and those of everyday English, so that a slip in an ordinary word is
 * not bent into one that means something here. The nearest is taken, by what fingers and ears confuse: letters that changed
 * places or were doubled, vowels, neighbouring keys.
 */
export function createSpelling(ours: Iterable<string>, english: English): Spelling {
  const known = new Set([...ours].filter((word) => word.length >= SHORTEST && !/\d/.test(word)));
  const byLength = new Map<number, Candidate[]>();
  const add = (word: string, handicap: number) => {
    const list = byLength.get(word.length) ?? [];
    byLength.set(word.length, list);
    list.push({ word, letters: lettersIn(word), handicap });
  };
  for (const word of known) add(word, 0);
  for (const [word, level] of english.words)
    if (level !== 'known' && word.length >= SHORTEST && !known.has(word))
      add(word, level === 'everyday' ? STRANGER / 2 : STRANGER);
  const remembered = new Map<string, string | undefined>();

  return (word) => {
    if (word.length < SHORTEST || word.length > 24 || /\d/.test(word)) return undefined;
    if (!remembered.has(word)) {
      if (remembered.size > 500) remembered.clear();
      remembered.set(word, nearest(word));
    }
    return remembered.get(word);
  };

  function nearest(word: string): string | undefined {
    const letters = lettersIn(word);
    let best: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let length = word.length - 2; length <= word.length + 3; length += 1)
      for (const one of byLength.get(length) ?? []) {
        if (bits(letters ^ one.letters) > 5) continue;
        const cost = editDistance(word, one.word);
        if (cost > allowed(Math.min(word.length, one.word.length))) continue;
        const total = cost + one.handicap;
        if (total < least || (total === least && one.word < (best ?? ''))) {
          least = total;
          best = one.word;
        }
      }
    return best;
  }
}

/** How much may be wrong in a word. */
const allowed = (length: number) =>
  length <= 3 ? 0.6 : length === 4 ? 1 : length <= 6 ? 1.3 : length <= 8 ? 2 : 2.7;

const lettersIn = (word: string) => {
  let set = 0;
  for (const letter of word) set |= 1 << (letter.charCodeAt(0) & 31);
  return set;
};

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const isVowel = (letter: string) => 'aeiouy'.includes(letter);

/** Letters that sound alike, or whose keys touch. */
const CLOSE: ReadonlySet<string> = new Set([
  ...['ck', 'cs', 'sz', 'ct', 'fv', 'dt', 'iy', 'kq', 'gj', 'pb', 'mn', 'uw'].flatMap(both),
  ...ROWS.flatMap((row) => [...row].slice(1).flatMap((letter, at) => both(row[at] + letter))),
  ...[0, 1].flatMap((row) =>
    [...(ROWS[row + 1] ?? '')].flatMap((letter, at) =>
      [ROWS[row]?.[at], ROWS[row]?.[at + 1]].flatMap((above) => (above ? both(above + letter) : [])),
    ),
  ),
]);

function both(pair: string): string[] {
  return [pair, `${pair[1]}${pair[0]}`];
}

/** How far two words are apart: the weighted edit distance with neighbours that changed places. */
export function editDistance(typed: string, meant: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= typed.length; i += 1) {
    const row: number[] = [];
    for (let j = 0; j <= meant.length; j += 1) row.push(cell(rows, row, typed, meant, i, j));
    rows.push(row);
  }
  return rows[typed.length]?.[meant.length] ?? 0;
}

function cell(rows: number[][], row: number[], typed: string, meant: string, i: number, j: number): number {
  if (i === 0 && j === 0) return 0;
  const a = typed[i - 1] ?? '';
  const b = meant[j - 1] ?? '';
  let least = Number.POSITIVE_INFINITY;
  if (i > 0 && j > 0) least = (rows[i - 1]?.[j - 1] ?? 0) + swapped(a, b, i, j);
  if (i > 0) least = Math.min(least, (rows[i - 1]?.[j] ?? 0) + extra(a, typed[i - 2], i));
  if (j > 0) least = Math.min(least, (row[j - 1] ?? 0) + extra(b, meant[j - 2], j));
  if (i > 1 && j > 1 && a === meant[j - 2] && b === typed[i - 2])
    least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + (i === 2 ? 0.8 : 0.6));
  return least;
}

/** One letter for another. First letters are seldom wrong. */
function swapped(a: string, b: string, i: number, j: number): number {
  if (a === b) return 0;
  const cost = isVowel(a) && isVowel(b) ? 0.7 : CLOSE.has(a + b) ? 0.8 : 1;
  return i === 1 && j === 1 ? cost + 0.6 : cost;
}

/** A letter too many or too few: doubled ones and vowels soonest. */
function extra(letter: string, before: string | undefined, at: number): number {
  if (letter === before) return 0.5;
  const cost = isVowel(letter) || letter === 'h' ? 0.8 : 1;
  return at === 1 ? cost + 0.5 : cost;
}
