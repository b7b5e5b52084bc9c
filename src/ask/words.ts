import { plain } from '../answers/find.ts';

/** Numbers as people write them, in one form. "One" is left alone: it is a pronoun more often than a number. */
const NUMBERS: Readonly<Record<string, string>> = {
  two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10',
  ii: '2', iii: '3', iv: '4', '1st': 'first', '2nd': 'second', '3rd': 'third', '4th': 'fourth', '5th': 'fifth',
};

/** The words of a text as they are compared: without case, accents, apostrophes and endings. */
export function wordsOf(text: string): string[] {
  const joined = text.replace(/(\p{L})['’`´]s\b/gu, '$1').replace(/['’`´]/g, '').replaceAll('&', ' and ');
  const bare = plain(joined);
  return bare === '' ? [] : bare.split(' ').map((word) => stem(NUMBERS[word] ?? word));
}

/**
 * A word without the endings that questions vary in: "directs", "directed" and "directing" are one word. Crude, and the same
 * on both sides, so that it only has to be consistent.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word;
  if (root.endsWith('ies')) root = root.slice(0, -2);
  else if (root.endsWith('s') && !root.endsWith('ss')) root = root.slice(0, -1);
  if (root.length > 6 && root.endsWith('ing')) root = undouble(root.slice(0, -3));
  else if (root.length > 4 && root.endsWith('ed')) root = undouble(root.slice(0, -2));
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1);
  return root.length > 3 ? root.replace(/([^aeiou])y$/, '$1i') : root;
}

/** "planned" is "plan", but "called" stays "call". */
const undouble = (root: string) => (/([bdgmnprt])\1$/.test(root) ? root.slice(0, -1) : root);
