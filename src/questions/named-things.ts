import { knownWordsOf, type WordContext } from './known-words.ts';
import { isThing } from './lexicon.ts';

/** What a question names, and the other words of it. */
export interface NamedThings {
  /** The ids of titles, people and so on, by the names in their order. A name may be of one of several. */
  names: readonly Name[];
  /** The stems of the words that are part of no name. */
  words: readonly string[];
}

/** A name in a question. */
export interface Name {
  /** "person:keanu-reeves" */
  meanings: readonly string[];
  words: readonly string[];
}

/** What is a name only by accident: "it" says which title is meant, but names none; "number one" is a place in the charts. */
const NO_NAME: ReadonlySet<string> = new Set([
  'it',
  'are',
  'this',
  'director',
  'adjudicator',
  'reception',
  'gam',
  'number 1',
  'number one',
]);

/** Finds the names of things in a text: the longest at each place, typos corrected. */
export function namedThingsIn(text: string, context: WordContext): NamedThings {
  const all = knownWordsOf(text, context);
  const names: Name[] = [];
  const words: string[] = [];
  for (let at = 0; at < all.length; ) {
    const name = nameAt(all, at, context);
    if (name) names.push(name);
    else words.push(all[at] ?? '');
    at += name?.words.length ?? 1;
  }
  return { names, words };
}

function nameAt(words: readonly string[], at: number, { lexicon }: WordContext): Name | undefined {
  const phrase = lexicon.phrases
    .get(words[at] ?? '')
    ?.find(
      (candidate) =>
        candidate.meanings.some(isThing) &&
        candidate.words.every((word, index) => words[at + index] === word),
    );
  if (!phrase || NO_NAME.has(phrase.words.join(' '))) return undefined;
  return { meanings: phrase.meanings.filter(isThing), words: phrase.words };
}
