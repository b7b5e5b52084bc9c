import MiniSearch from 'minisearch';

/** Text without case, accents and punctuation, so that "Sandino Moréno" finds "Sandino Moreno". */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Something that can be found by name. */
export interface Findable {
  /** All the names under which it may be typed, the best known first. */
  names: readonly string[];
}

/**
 * The things whose names fit what was typed so far, best first: names that begin so, then names with words that begin so,
 * then names that are near it (a typo). Everything, in its own order, where nothing was typed.
 */
export function find<T extends Findable>(things: readonly T[], typed: string): T[] {
  const wanted = plain(typed);
  if (!wanted) return [...things];
  const begin = things.filter((thing) => thing.names.some((name) => plain(name).startsWith(wanted)));
  return [...new Set([...begin, ...near(things, wanted)])];
}

/** The one thing that is meant: named exactly, or the only one that fits without guessing at typos. */
export function findOne<T extends Findable>(things: readonly T[], typed: string): T | undefined {
  const wanted = plain(typed);
  if (!wanted) return undefined;
  const exact = things.find((thing) => thing.names.some((name) => plain(name) === wanted));
  if (exact) return exact;
  const holding = things.filter((thing) => thing.names.some((name) => holdsWords(plain(name), wanted)));
  return holding.length === 1 ? holding[0] : undefined;
}

/** Whether every word typed begins a word of the name; both as `plain` makes them. */
export function holdsWords(name: string, wanted: string): boolean {
  const words = name.split(' ');
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

function near<T extends Findable>(things: readonly T[], wanted: string): T[] {
  const index = new MiniSearch({ fields: ['names'], processTerm: plain });
  index.addAll(things.map((thing, id) => ({ id, names: thing.names.join(' ') })));
  const all = index.search(wanted, { prefix: true, fuzzy: 0.25, combineWith: 'AND' });
  const some = all.length > 0 ? all : index.search(wanted, { prefix: true, fuzzy: 0.34, combineWith: 'OR' });
  return some.flatMap(({ id }) => things[id as number] ?? []);
}
