import MiniSearch from 'minisearch';

/** Text without case, accents and punctuation, so that "Sandino Moréno" finds "Sandino Moreno". */
export function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Something that can be found by name. */
export interface Searchable {
  /** All the names under which it may be typed, the best known first. */
  names: readonly string[];
}

/**
 * The things whose names fit what was typed so far, best first: a name that is it, that begins so, that has words that
 * begin so, then names that are near it (a typo). Everything, in its own order, where nothing was typed.
 */
export function search<T extends Searchable>(things: readonly T[], typed: string): T[] {
  const wanted = normalize(typed);
  if (!wanted) return [...things];
  const having = (fits: (name: string) => boolean) => things.filter((thing) => plainNames(thing).some(fits));
  const fitting = [
    ...having((name) => name === wanted),
    ...having((name) => name.startsWith(wanted)),
    ...having((name) => matchesByPrefix(name, wanted)),
  ];
  return [...new Set([...fitting, ...near(things, wanted)])];
}

/** Names are made plain once: lists are searched anew with every letter that is typed. */
const plainNamesOf = new WeakMap<Searchable, string[]>();
function plainNames(thing: Searchable): string[] {
  let names = plainNamesOf.get(thing);
  if (!names) {
    names = thing.names.map(normalize);
    plainNamesOf.set(thing, names);
  }
  return names;
}

/** The one thing that is meant: named exactly, or the only one that fits without guessing at typos. */
export function findUnique<T extends Searchable>(things: readonly T[], typed: string): T | undefined {
  const wanted = normalize(typed);
  if (!wanted) return undefined;
  const exact = things.find((thing) => plainNames(thing).includes(wanted));
  if (exact) return exact;
  const holding = things.filter((thing) => plainNames(thing).some((name) => matchesByPrefix(name, wanted)));
  return holding.length === 1 ? holding[0] : undefined;
}

/** Whether every word typed begins a word of the name; both as `plain` makes them. */
export function matchesByPrefix(name: string, wanted: string): boolean {
  const words = name.split(' ');
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

function near<T extends Searchable>(things: readonly T[], wanted: string): T[] {
  const index = indexOf(things);
  const all = index.search(wanted, { prefix: true, fuzzy: 0.25, combineWith: 'AND' });
  const some = all.length > 0 ? all : index.search(wanted, { prefix: true, fuzzy: 0.34, combineWith: 'OR' });
  return some.flatMap(({ id }) => things[id as number] ?? []);
}

const indexes = new WeakMap<readonly Searchable[], MiniSearch>();
function indexOf(things: readonly Searchable[]): MiniSearch {
  let index = indexes.get(things);
  if (!index) {
    index = new MiniSearch({ fields: ['names'], processTerm: normalize });
    index.addAll(things.map((thing, id) => ({ id, names: thing.names.join(' ') })));
    indexes.set(things, index);
  }
  return index;
}
