import { toShares } from '../ask-model.ts';
import type { Intent } from '../intent.ts';
import { createRandom } from './random.ts';

/** An example to learn from: its scaled features, and how much each intent is meant, as shares of 1. */
export interface SoftmaxExample {
  features: readonly (readonly [feature: string, value: number])[];
  shares: ReadonlyMap<Intent, number>;
}

/** What was learned: the weights of each feature, by the number of the intent. Both lists are sorted. */
export interface SoftmaxWeights {
  intents: readonly Intent[];
  features: ReadonlyMap<string, Float32Array>;
}

const PASSES = 12;
/** The weights are the means of those after so many of the last passes: they depend less on the order of the examples. */
const AVERAGED = 6;
const RATE = 0.15;
/** How strongly weights are pulled to 0. */
const DECAY = 1e-4;
/** How strongly weights are pulled to be 0 exactly. */
const SPARSITY = 7e-4;
/** Smaller errors change no weight: most intents are far from most questions. */
const MIN_ERROR = 1e-4;

/**
 * Learns softmax regression by stochastic gradient descent, with a rate of its own for each weight (AdaGrad: Duchi, Hazan and
 * Singer 2011). The same examples always give the same weights.
 */
export function learnSoftmax(examples: readonly SoftmaxExample[]): SoftmaxWeights {
  const features = [...new Set(examples.flatMap((example) => example.features.map(([name]) => name)))].sort();
  const intents = [...new Set(examples.flatMap(({ shares }) => [...shares.keys()]))].sort();
  const rows = createRows(examples, features, intents);
  const state: State = {
    size: intents.length,
    weights: new Float32Array(features.length * intents.length),
    squares: new Float32Array(features.length * intents.length),
  };
  const order = rows.map((_, at) => at);
  const random = createRandom(1);
  const means = new Float32Array(state.weights.length);
  for (let pass = 0; pass < PASSES; pass += 1) {
    random.shuffle(order);
    for (const at of order) learnFrom(rows[at] as ExampleRow, state);
    if (pass >= PASSES - AVERAGED) addAll(means, state.weights, 1 / AVERAGED);
  }
  const rowOf = (at: number) => means.subarray(at * state.size, (at + 1) * state.size);
  return { intents, features: new Map(features.map((feature, at) => [feature, rowOf(at)])) };
}

function addAll(sums: Float32Array, weights: Float32Array, factor: number): void {
  for (let at = 0; at < sums.length; at += 1)
    sums[at] = (sums[at] as number) + factor * (weights[at] as number);
}

/** An example by numbers. */
interface ExampleRow {
  /** Where the weights of each feature begin. */
  starts: Int32Array;
  values: Float32Array;
  targets: readonly (readonly [intent: number, share: number])[];
}

function createRows(
  examples: readonly SoftmaxExample[],
  features: readonly string[],
  intents: readonly Intent[],
): ExampleRow[] {
  const featureNumbers = new Map(features.map((name, at) => [name, at]));
  const intentNumbers = new Map(intents.map((name, at) => [name, at]));
  return examples.map((example) => ({
    starts: Int32Array.from(example.features, ([name]) => (featureNumbers.get(name) ?? 0) * intents.length),
    values: Float32Array.from(example.features, ([, value]) => value),
    targets: [...example.shares].map(([intent, share]) => [intentNumbers.get(intent) ?? 0, share]),
  }));
}

/** The weights, with the summed squares of their changes. */
interface State {
  size: number;
  weights: Float32Array;
  squares: Float32Array;
}

/** Moves the weights one step towards what an example says. */
function learnFrom(row: ExampleRow, state: State): void {
  const errors = errorsOf(row, state);
  const { size, weights, squares } = state;
  // No checks of bounds in here: this is where all the time goes.
  for (let at = 0; at < row.starts.length; at += 1) {
    const start = row.starts[at] as number;
    const value = row.values[at] as number;
    for (let intent = 0; intent < size; intent += 1) {
      const error = errors[intent] as number;
      if (error < MIN_ERROR && error > -MIN_ERROR) continue;
      const place = start + intent;
      const gradient = error * value + DECAY * (weights[place] as number);
      squares[place] = (squares[place] as number) + gradient * gradient;
      const rate = RATE / Math.sqrt((squares[place] as number) + 1e-6);
      const moved = (weights[place] as number) - rate * gradient;
      // What hardly helps becomes 0 and is not stored (L1: Duchi and Singer 2009).
      weights[place] = Math.sign(moved) * Math.max(0, Math.abs(moved) - rate * SPARSITY);
    }
  }
}

/** Returns how much more likely each intent is by the weights than by the example. */
function errorsOf({ starts, values, targets }: ExampleRow, { size, weights }: State): Float64Array {
  const errors = new Float64Array(size);
  for (let at = 0; at < starts.length; at += 1) {
    const start = starts[at] as number;
    const value = values[at] as number;
    for (let intent = 0; intent < size; intent += 1)
      errors[intent] = (errors[intent] as number) + value * (weights[start + intent] as number);
  }
  toShares(errors);
  for (const [intent, share] of targets) errors[intent] = (errors[intent] as number) - share;
  return errors;
}
