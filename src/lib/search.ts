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

/** Text that is normalized already, as most phrases are that are written down here. */
const NORMALIZED = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Returns the text without case, accents and punctuation, so that "Sandino Moréno" finds "Sandino Moreno". */
export function normalize(text: string): string {
  if (NORMALIZED.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łıøđðßæœþ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** An item that can be found by name. */
export interface Searchable {
  /** All names that people may type, the best known first. */
  names: readonly string[];
}

/** A list of items that can be searched by name. */
export interface SearchIndex<T extends Searchable> {
  items: readonly T[];
  /**
   * Returns the items that match the text typed so far, best first: equal names, names with that prefix, names whose words have
   * it, then similar names (typos). Returns all items in their own order if nothing was typed.
   */
  search(typed: string): T[];
  /** Returns the item with exactly that name, or the only item that matches by prefix. Does not guess at typos. */
  findUnique(typed: string): T | undefined;
}

/**
 * Creates a search index, which is built at the first search. Keep it for a list that is searched with every letter typed: its
 * names are then normalized once.
 */
export function createSearchIndex<T extends Searchable>(items: readonly T[]): SearchIndex<T> {
  let entries: readonly { item: T; names: readonly string[] }[] | undefined;
  let fuzzyIndex: MiniSearch | undefined;

  function filterByName(isMatch: (name: string) => boolean): T[] {
    entries ??= items.map((item) => ({ item, names: item.names.map(normalize) }));
    return entries.filter(({ names }) => names.some(isMatch)).map(({ item }) => item);
  }

  return {
    items,
    search(typed) {
      const query = normalize(typed);
      if (!query) return [...items];
      fuzzyIndex ??= createFuzzyIndex(items);
      return [
        ...new Set([
          ...filterByName((name) => name === query),
          ...filterByName((name) => name.startsWith(query)),
          ...filterByName((name) => matchesByPrefix(name, query)),
          ...searchFuzzily(fuzzyIndex, query).flatMap((position) => items[position] ?? []),
        ]),
      ];
    },
    findUnique(typed) {
      const query = normalize(typed);
      if (!query) return undefined;
      const [exact] = filterByName((name) => name === query);
      if (exact) return exact;
      const matches = filterByName((name) => matchesByPrefix(name, query));
      return matches.length === 1 ? matches[0] : undefined;
    },
  };
}

/** Searches a list once, as `SearchIndex.search` does. */
export const search = <T extends Searchable>(items: readonly T[], typed: string): T[] =>
  createSearchIndex(items).search(typed);

/** Searches a list once, as `SearchIndex.findUnique` does. */
export const findUnique = <T extends Searchable>(items: readonly T[], typed: string): T | undefined =>
  createSearchIndex(items).findUnique(typed);

/** Returns whether every word of the query is a prefix of a word of the name. Both must be normalized. */
export function matchesByPrefix(name: string, query: string): boolean {
  const words = name.split(' ');
  return query.split(' ').every((prefix) => words.some((word) => word.startsWith(prefix)));
}

function createFuzzyIndex(items: readonly Searchable[]): MiniSearch {
  const index = new MiniSearch({ fields: ['names'], processTerm: normalize });
  index.addAll(items.map((item, id) => ({ id, names: item.names.join(' ') })));
  return index;
}

/** Returns the positions of items with similar names, the most similar first. */
function searchFuzzily(index: MiniSearch, query: string): number[] {
  const strict = index.search(query, { prefix: true, fuzzy: 0.25, combineWith: 'AND' });
  const results =
    strict.length > 0 ? strict : index.search(query, { prefix: true, fuzzy: 0.34, combineWith: 'OR' });
  return results.map(({ id }) => id as number);
}
