import list from './english.json' with { type: 'json' };
import { stem } from './tokenize.ts';

/** How common an English word is: what everybody says, what everybody knows, what is in a dictionary. */
export type Commonness = 'everyday' | 'common' | 'known';

const LEVELS: readonly Commonness[] = ['everyday', 'common', 'known'];

/** Ordinary English, as it is written: it tells a slip of the finger from a word that only is not ours. */
export const ENGLISH: ReadonlyMap<string, Commonness> = new Map(
  LEVELS.flatMap((level) => list[level].split(' ').map((word) => [word, level] as const)),
);

/** The same by stems, the commonest form counting. */
const STEMS: ReadonlyMap<string, Commonness> = new Map(
  LEVELS.toReversed().flatMap((level) => list[level].split(' ').map((word) => [stem(word), level] as const)),
);

/** How common a stem is; nothing where no such word is known: a name, or a slip. */
export const commonnessOf = (word: string): Commonness | undefined => STEMS.get(word);
