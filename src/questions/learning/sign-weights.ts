import type { Weights } from '../ask-model-file.ts';
import { type Signs, weigh } from '../signs.ts';
import { createRandom } from './random.ts';

/** The answers to a question; those that are right must win together. */
export type RankingCase = readonly { signs: Signs; isRight: boolean }[];

/** A question, with whether its best answer was asked for. */
export interface CertaintyCase {
  signs: Signs;
  isRight: boolean;
  /** How much it counts. */
  weight: number;
}

const RANKING_PASSES = 25;
const CERTAINTY_PASSES = 60;
/** So many cases make one step. */
const BATCH = 16;
const RATE = 0.1;
/** After so many passes the steps are half as long. */
const HALF_AFTER = 8;
const DECAY = 1e-5;
/** Smaller errors change nothing. */
const MIN_ERROR = 1e-4;

/** Learns what signs count for an answer: conditional logit (McFadden 1974). */
export function learnRanking(cases: readonly RankingCase[]): Weights {
  return descend(cases, RANKING_PASSES, (answers, weights, gradient) => {
    const scores = answers.map(({ signs }) => weigh(signs, weights));
    const best = Math.max(...scores);
    const likelihoods = scores.map((score) => Math.exp(score - best));
    const all = sumOf(likelihoods);
    const right = sumOf(likelihoods.filter((_, at) => answers[at]?.isRight));
    answers.forEach(({ signs, isRight }, at) => {
      const likelihood = likelihoods[at] ?? 0;
      addTo(gradient, signs, likelihood / all - (isRight ? likelihood / right : 0));
    });
  });
}

/** Learns what signs count for the certainty: logistic regression. */
export function learnCertainty(cases: readonly CertaintyCase[]): Weights {
  return descend(cases, CERTAINTY_PASSES, ({ signs, isRight, weight }, weights, gradient) => {
    const likelihood = 1 / (1 + Math.exp(-weigh(signs, weights)));
    addTo(gradient, signs, weight * (likelihood - (isRight ? 1 : 0)));
  });
}

type Gradient = Map<string, number>;

/** Gradient descent with a rate of its own for each weight (AdaGrad). The same cases always give the same weights. */
function descend<C>(
  cases: readonly C[],
  passes: number,
  addGradient: (one: C, weights: Weights, gradient: Gradient) => void,
): Weights {
  const weights: Record<string, number> = {};
  const squares = new Map<string, number>();
  const random = createRandom(1);
  const order = cases.map((_, at) => at);
  for (let pass = 0; pass < passes; pass += 1) {
    random.shuffle(order);
    const rate = RATE / (1 + pass / HALF_AFTER);
    for (let from = 0; from < order.length; from += BATCH) {
      const gradient: Gradient = new Map();
      for (const at of order.slice(from, from + BATCH)) addGradient(cases[at] as C, weights, gradient);
      for (const [sign, sum] of gradient) {
        const own = weights[sign] ?? 0;
        const slope = sum / BATCH + DECAY * own;
        const square = (squares.get(sign) ?? 1e-8) + slope * slope;
        squares.set(sign, square);
        weights[sign] = own - (rate * slope) / Math.sqrt(square);
      }
    }
  }
  return rounded(weights);
}

function addTo(gradient: Gradient, signs: Signs, error: number): void {
  if (Math.abs(error) < MIN_ERROR) return;
  for (const [sign, amount] of signs) gradient.set(sign, (gradient.get(sign) ?? 0) + error * amount);
}

/** Sorted by name, with three decimals. */
const rounded = (weights: Weights): Record<string, number> =>
  Object.fromEntries(
    Object.entries(weights)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([sign, weight]) => [sign, Number(weight.toFixed(3))]),
  );

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
