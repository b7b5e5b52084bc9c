import type { Fact } from '../facts/snapshot.ts';

/** Whether what a question asks is so, as far as it is known. */
export type Truth = 'yes' | 'no' | 'unknown';

/** Whether it is so, and the fact that shows it; undefined where the answer that was found shows it. */
export interface Judgement {
  truth: Truth;
  from?: Fact | undefined;
  /** A second fact that is needed to see it: the other of two that were compared. */
  also?: Fact;
  /** What the question takes for granted and is not so. */
  premise?: 'cancelled';
}

/** The same of what is not so. */
export const opposite = (truth: Truth): Truth =>
  truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'unknown';

/** What several comparisons say together; undefined where they say different things, or one of them nothing. */
export function agreed(truths: readonly (Truth | undefined)[]): Truth | undefined {
  const [first] = truths;
  return truths.every((truth) => truth === first) ? first : undefined;
}
