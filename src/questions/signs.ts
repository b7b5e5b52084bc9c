import type { Weights } from './ask-model-file.ts';

/**
 * What speaks for or against an answer, by name, with how much there is of it. What each counts is learned: see
 * docs/decisions/16.
 */
export type Signs = Map<string, number>;

/** Adds to a sign. */
export const addSign = (signs: Signs, sign: string, amount = 1): void => {
  signs.set(sign, (signs.get(sign) ?? 0) + amount);
};

/** Returns what signs count together. A sign with no weight counts nothing. */
export function weigh(signs: Signs, weights: Weights): number {
  let sum = 0;
  for (const [sign, amount] of signs) sum += (weights[sign] ?? 0) * amount;
  return sum;
}

/** Returns a number, moved into a range. */
export const within = (min: number, max: number, value: number) => Math.max(min, Math.min(max, value));
