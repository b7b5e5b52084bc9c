import list from './english.json' with { type: 'json' };
import type { Steps } from './steps.ts';
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

/** So many words are looked at before others have their turn. */
const SLICE = 2_000;

/** Builds the word lists. */
export function* createEnglish(): Steps<English> {
  const words = new Map<string, Commonness>();
  const stems = new Map<string, Commonness>();
  for (const level of LEVELS)
    for (const word of list[level].split(' ')) {
      words.set(word, level);
      // Levels go from the commonest on, so the first that a stem has is the one that counts.
      const own = stem(word);
      if (!stems.has(own)) stems.set(own, level);
      if (words.size % SLICE === 0) yield;
    }
  return { words, stems };
}
