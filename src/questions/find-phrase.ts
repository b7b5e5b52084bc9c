import { isThing, type Lexicon, type Phrase } from './lexicon.ts';

/** A phrase that was found among words, and how many of them it takes up. */
export interface FoundPhrase {
  phrase: Phrase;
  length: number;
}

/**
 * Finds the longest phrase of at most `most` words that begins at a word. Stop words may stand within it ("first ever
 * trailer").
 */
export function findPhrase(
  words: readonly string[],
  at: number,
  lexicon: Lexicon,
  most: number,
): FoundPhrase | undefined {
  for (const phrase of lexicon.phrases.get(words[at] ?? '') ?? []) {
    const length = lengthAt(phrase, words, at, lexicon.stopWords);
    if (length === 0 || length > most) continue;
    const isName = phrase.meanings.some(isThing);
    if (isName || !cutsName(words, at, length, lexicon)) return { phrase, length };
  }
  return undefined;
}

/** Whether a phrase would end within a name: "set after John" in "set after John Wick 4". */
function cutsName(words: readonly string[], from: number, length: number, lexicon: Lexicon): boolean {
  const end = from + length;
  for (let at = from + 1; at < end; at += 1) {
    const crosses = (phrase: Phrase) =>
      at + phrase.words.length > end &&
      phrase.meanings.some(isThing) &&
      lengthAt(phrase, words, at, lexicon.stopWords) > 0;
    if (lexicon.phrases.get(words[at] ?? '')?.some(crosses)) return true;
  }
  return false;
}

/** How many words a phrase takes up from here, stop words within it included; 0 where it is not here. */
function lengthAt(
  phrase: Phrase,
  words: readonly string[],
  from: number,
  stopWords: ReadonlySet<string>,
): number {
  let at = from;
  for (const word of phrase.words) {
    while (!phrase.isContiguous && at > from && words[at] !== word && stopWords.has(words[at] ?? '')) at += 1;
    if (words[at] !== word) return 0;
    at += 1;
  }
  return at - from;
}
