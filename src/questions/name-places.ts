import { wordsOf } from './tokenize.ts';

/** Where a word stands in a question, as far as that tells of names: "in Speed", "is Speed good", "Speed" with a capital. */
export type Place = 'after-preposition' | 'after-auxiliary' | 'first' | 'last' | 'capital';

/** What stands before a title or a person. */
const PREPOSITION =
  /^(of|in|for|about|from|watch|watched|watching|seen|saw|see|directed|wrote|made|composed|called|like|than|to|with|movie|film|series|show|play|played|plays)$/;
/** What begins a question about a name. */
const AUXILIARY = /^(is|was|did|does|are|were|will|has|have|had|do|can|would)$/;
/** What may stand between them and the name. */
const BETWEEN = /^(the|a|an|that|this|movie|film|movies|show|series|anime|called|new|old|original|tv)$/;
/** Who writes so many letters as capitals writes them all so. */
const MAX_CAPITALS = 0.4;

/** Returns where each word of a text stands, by its stem. Words that tell nothing by their place are left out. */
export function placesIn(text: string): ReadonlyMap<string, ReadonlySet<Place>> {
  const places = new Map<string, Set<Place>>();
  const tokens = text.match(/[\p{L}\p{N}'’]+|[.!?]/gu) ?? [];
  const usesCapitals = hasMixedCase(text);
  let before = '';
  tokens.forEach((token, at) => {
    const word = token.toLowerCase();
    for (const place of placesAt(tokens, at, before, usesCapitals))
      for (const stem of wordsOf(token)) places.set(stem, (places.get(stem) ?? new Set()).add(place));
    if (!(BETWEEN.test(word) && (PREPOSITION.test(before) || AUXILIARY.test(before)))) before = word;
  });
  return places;
}

function placesAt(tokens: readonly string[], at: number, before: string, usesCapitals: boolean): Place[] {
  const token = tokens[at] ?? '';
  const found: Place[] = [];
  if (PREPOSITION.test(before)) found.push('after-preposition');
  else if (AUXILIARY.test(before)) found.push('after-auxiliary');
  else if (at === 0) found.push('first');
  const beginsSentence = at === 0 || /[.!?]/.test(tokens[at - 1] ?? '');
  if (usesCapitals && !beginsSentence && /^\p{Lu}/u.test(token) && token !== 'I') found.push('capital');
  if (at === tokens.length - 1) found.push('last');
  return found;
}

function hasMixedCase(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.replace(/[^\p{Lu}]/gu, '').length < letters.length * MAX_CAPITALS;
}
