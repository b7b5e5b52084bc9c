import list from './english.json' with { type: 'json' };
import { stem } from './tokenize.ts';

/** How common an English word is: what everybody says, what everybody knows, what is in a dictionary. */
export type Commonness = 'everyday' | 'common' | 'known';

const LEVELS: readonly Commonness[] = ['everyday', 'common', 'known'];

/** Ordinary English. It tells a typo from a word that is correct but means nothing here. */
export interface English {
  /** How common each word is, as it is written. */
  words: ReadonlyMap<string, Commonness>;
  /** How common each stem is; of several words with one stem, the commonest counts. */
  stems: ReadonlyMap<string, Commonness>;
}

/** Builds the word lists. Takes some tens of milliseconds, so they are built when the first question needs them. */
export function createEnglish(): English {
  const words = LEVELS.flatMap((level) => list[level].split(' ').map((word) => [word, level] as const));
  return {
    words: new Map(words),
    stems: new Map(words.toReversed().map(([word, level]) => [stem(word), level] as const)),
  };
}
