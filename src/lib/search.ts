import MiniSearch from 'minisearch';

/** Letters that Unicode does not decompose into a plain letter and an accent. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ı: 'i',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** Returns the text without case, accents and punctuation, so that "Sandino Moréno" finds "Sandino Moreno". */
export function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łıøđðßæœþ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Something that can be found by name. */
export interface Searchable {
  /** All the names under which it may be typed, the best known first. */
  names: readonly string[];
}

/** A list in which things are found by name. */
export interface SearchIndex<T extends Searchable> {
  things: readonly T[];
  /**
   * Returns the things whose names fit what was typed so far, best first: a name that is it, that begins so, that has words
   * that begin so, then names that are near it (a typo). Returns all, in their own order, where nothing was typed.
   */
  search(typed: string): T[];
  /** Returns the one thing that is meant: named exactly, or the only one that fits without guessing at typos. */
  findUnique(typed: string): T | undefined;
}

/**
 * Creates a search index, which is built when it is first searched. Keep it where a list is searched with every letter typed:
 * all names are then normalized once.
 */
export function createSearchIndex<T extends Searchable>(things: readonly T[]): SearchIndex<T> {
  let entries: readonly { thing: T; names: readonly string[] }[] | undefined;
  let fuzzyIndex: MiniSearch | undefined;

  function matching(fits: (name: string) => boolean): T[] {
    entries ??= things.map((thing) => ({ thing, names: thing.names.map(normalize) }));
    return entries.filter(({ names }) => names.some(fits)).map(({ thing }) => thing);
  }

  return {
    things,
    search(typed) {
      const wanted = normalize(typed);
      if (!wanted) return [...things];
      fuzzyIndex ??= createFuzzyIndex(things);
      return [
        ...new Set([
          ...matching((name) => name === wanted),
          ...matching((name) => name.startsWith(wanted)),
          ...matching((name) => matchesByPrefix(name, wanted)),
          ...searchFuzzily(fuzzyIndex, wanted).flatMap((at) => things[at] ?? []),
        ]),
      ];
    },
    findUnique(typed) {
      const wanted = normalize(typed);
      if (!wanted) return undefined;
      const [exact] = matching((name) => name === wanted);
      if (exact) return exact;
      const fitting = matching((name) => matchesByPrefix(name, wanted));
      return fitting.length === 1 ? fitting[0] : undefined;
    },
  };
}

/** Searches a list once, as `SearchIndex.search` does. */
export const search = <T extends Searchable>(things: readonly T[], typed: string): T[] =>
  createSearchIndex(things).search(typed);

/** Searches a list once, as `SearchIndex.findUnique` does. */
export const findUnique = <T extends Searchable>(things: readonly T[], typed: string): T | undefined =>
  createSearchIndex(things).findUnique(typed);

/** Whether every word typed begins a word of the name. Both must be normalized. */
export function matchesByPrefix(name: string, wanted: string): boolean {
  const words = name.split(' ');
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

function createFuzzyIndex(things: readonly Searchable[]): MiniSearch {
  const index = new MiniSearch({ fields: ['names'], processTerm: normalize });
  index.addAll(things.map((thing, id) => ({ id, names: thing.names.join(' ') })));
  return index;
}

/** The positions of the things that are near, nearest first. */
function searchFuzzily(index: MiniSearch, wanted: string): number[] {
  const all = index.search(wanted, { prefix: true, fuzzy: 0.25, combineWith: 'AND' });
  const some = all.length > 0 ? all : index.search(wanted, { prefix: true, fuzzy: 0.34, combineWith: 'OR' });
  return some.map(({ id }) => id as number);
}
