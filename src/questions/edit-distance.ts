/** Letters of the keyboard, row by row. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Pairs of letters that sound alike, or whose keys touch. */
const SIMILAR: ReadonlySet<string> = new Set([
  ...['ck', 'cs', 'sz', 'ct', 'fv', 'dt', 'iy', 'kq', 'gj', 'pb', 'mn', 'uw'].flatMap(bothWays),
  ...ROWS.flatMap((row) => [...row].slice(1).flatMap((letter, at) => bothWays(row[at] + letter))),
  ...[0, 1].flatMap((row) =>
    [...(ROWS[row + 1] ?? '')].flatMap((letter, at) =>
      [ROWS[row]?.[at], ROWS[row]?.[at + 1]].flatMap((above) => (above ? bothWays(above + letter) : [])),
    ),
  ),
]);

function bothWays(pair: string): string[] {
  return [pair, `${pair[1]}${pair[0]}`];
}

/**
 * Returns how likely a word was not meant, from 0: the edit distance, weighted by what fingers and ears confuse. Letters that
 * changed places, doubled letters, vowels and neighbouring keys cost less.
 */
export function editDistance(typed: string, meant: string): number {
  const table: number[][] = [];
  for (let i = 0; i <= typed.length; i += 1) {
    table.push([]);
    for (let j = 0; j <= meant.length; j += 1) table[i]?.push(distanceAt({ table, typed, meant, i, j }));
  }
  return table[typed.length]?.[meant.length] ?? 0;
}

/** A place in the table: the first `i` letters of what was typed, and the first `j` of what was meant. */
interface Place {
  table: readonly (readonly number[])[];
  typed: string;
  meant: string;
  i: number;
  j: number;
}

/** The least distance at a place, by the last step that leads there. */
function distanceAt(place: Place): number {
  if (place.i === 0 && place.j === 0) return 0;
  return Math.min(replaced(place), removed(place), added(place), swapped(place));
}

const IMPOSSIBLE = Number.POSITIVE_INFINITY;

/** One letter for another. First letters are seldom wrong. */
function replaced({ table, typed, meant, i, j }: Place): number {
  if (i === 0 || j === 0) return IMPOSSIBLE;
  const before = table[i - 1]?.[j - 1] ?? 0;
  const [a, b] = [typed[i - 1] ?? '', meant[j - 1] ?? ''];
  if (a === b) return before;
  const cost = isVowel(a) && isVowel(b) ? 0.7 : SIMILAR.has(a + b) ? 0.8 : 1;
  return before + (i === 1 && j === 1 ? cost + 0.6 : cost);
}

/** A letter that was typed and not meant. */
const removed = ({ table, typed, i, j }: Place) =>
  i === 0 ? IMPOSSIBLE : (table[i - 1]?.[j] ?? 0) + letterCost(typed, i);

/** A letter that was meant and not typed. */
const added = ({ table, meant, i, j }: Place) =>
  j === 0 ? IMPOSSIBLE : (table[i]?.[j - 1] ?? 0) + letterCost(meant, j);

/** Two letters that changed places. */
function swapped({ table, typed, meant, i, j }: Place): number {
  if (i < 2 || j < 2 || typed[i - 1] !== meant[j - 2] || meant[j - 1] !== typed[i - 2]) return IMPOSSIBLE;
  return (table[i - 2]?.[j - 2] ?? 0) + (i === 2 ? 0.8 : 0.6);
}

/** What a letter too many or too few costs: least where it is doubled, less for vowels. */
function letterCost(word: string, at: number): number {
  const letter = word[at - 1] ?? '';
  if (letter === word[at - 2]) return 0.5;
  const cost = isVowel(letter) || letter === 'h' ? 0.8 : 1;
  return at === 1 ? cost + 0.5 : cost;
}

const isVowel = (letter: string) => 'aeiouy'.includes(letter);
