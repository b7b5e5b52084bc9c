import type { Features } from './features.ts';
import type { Intent } from './intent.ts';

/** What examples would have a question answered with: shares of 1, by intent, or by slot where examples ask for that very one. */
export interface Votes {
  intent(intent: Intent): number;
  slot(slot: string): number;
  /** How near the nearest example is: how much such a question is known at all. */
  near: number;
}

/** Examples, ready to be compared with. */
export interface ExampleClassifier {
  vote(question: Features): Votes;
}

/** A question that was asked, and what it asked for: the intent that is meant first stands first. */
export interface Example {
  intents: readonly Intent[];
  /** The slots that it asks for by themselves, not by the names in it. */
  slots: readonly string[];
}

/** How many of the nearest are asked, and how much more the nearer ones count. */
const NEAREST = 12;
const SHARPNESS = 3;
/** Where the very question stands among the examples, it outvotes those that are only like it. */
const SAME = 0.97;
const OUTVOTES = 10;
/** From this nearness on the nearest count in full. */
const NEAR = 2 / 3;
/** A word that no example has makes a question less unlike them than one that others have. */
const UNHEARD = 0.5;
/** Of several things that an example may ask for, the first is meant first. */
const LATER = 0.7;
/** How much the nearest count, beside all examples of an intent taken together. */
const BY_NEAREST = 0.625;

/** Of all examples of an intent: how much is taken as seen with each beforehand, how much their number counts, and doubt. */
const SMOOTHING = 80;
const PRIOR = 0.3;
const DOUBT = 2.5;
const SECOND = 0.5;

/** A feature of a question that examples have too: which have it, and how much it weighs there. */
interface Heard {
  weight: number;
  rarity: number;
  at: Int32Array;
  weights: Float32Array;
}

/**
 * Takes up examples one by one, then makes an index of them. A question is near to an example by what they share, weighed by
 * how rare that is (tf-idf, cosine); the nearest vote, and beside them what is typical of all examples of an intent (naive
 * Bayes), which knows words that no near one has.
 */
export function createExampleCollector() {
  const examples: Example[] = [];
  const places = new Map<string, { at: number[]; weights: number[] }>();

  return {
    add(example: Example, features: Features): void {
      const at = examples.push(example) - 1;
      for (const [feature, weight] of features) {
        const place = places.get(feature) ?? { at: [], weights: [] };
        if (place.at.length === 0) places.set(feature, place);
        place.at.push(at);
        place.weights.push(weight);
      }
    },
    index: (): ExampleClassifier => indexOf(examples, places),
  };
}

function indexOf(
  examples: readonly Example[],
  places: ReadonlyMap<string, { at: readonly number[]; weights: readonly number[] }>,
): ExampleClassifier {
  const rarityOf = (count: number) => Math.log(1 + (examples.length - count + 0.5) / (count + 0.5));
  const unheard = rarityOf(0) * UNHEARD;
  const lengths = new Float64Array(examples.length);
  const sizes = new Float64Array(examples.length);
  let all = 0;
  const features = new Map<string, Omit<Heard, 'weight'>>();
  for (const [feature, { at, weights }] of places) {
    const rarity = rarityOf(at.length);
    features.set(feature, { rarity, at: Int32Array.from(at), weights: Float32Array.from(weights) });
    at.forEach((one, index) => {
      const weight = weights[index] ?? 0;
      lengths[one] = (lengths[one] ?? 0) + (weight * rarity) ** 2;
      sizes[one] = (sizes[one] ?? 0) + weight;
      all += weight;
    });
  }
  const typical = typicalOf(examples, sizes, all);
  const near = new Float64Array(examples.length);

  return {
    vote(question) {
      const heard: Heard[] = [];
      let length = 0;
      for (const [feature, weight] of question) {
        const known = features.get(feature);
        if (known) heard.push({ weight, ...known });
        length += (weight * (known?.rarity ?? unheard)) ** 2;
      }
      near.fill(0);
      for (const { weight, rarity, at, weights } of heard) {
        const worth = weight * rarity * rarity;
        for (let index = 0; index < at.length; index += 1) {
          const one = at[index] ?? 0;
          near[one] = (near[one] ?? 0) + worth * (weights[index] ?? 0);
        }
      }
      for (let at = 0; at < near.length; at += 1)
        near[at] = (near[at] ?? 0) / (Math.sqrt((lengths[at] ?? 0) * length) || 1);
      const top = topOf(near);
      const nearness = Math.min(1, (near[top[0] ?? 0] ?? 0) / NEAR);
      const { intents, slots } = count(top, examples, near, nearness);
      const shares = typical(heard);
      return {
        intent: (intent) =>
          BY_NEAREST * Math.min(1, intents.get(intent) ?? 0) + (1 - BY_NEAREST) * (shares.get(intent) ?? 0),
        slot: (slot) => Math.min(1, slots.get(slot) ?? 0),
        near: nearness,
      };
    },
  };
}

/** The places of the nearest, nearest first. */
function topOf(near: Float64Array): number[] {
  const top: number[] = [];
  let least = 0;
  for (let at = 0; at < near.length; at += 1) {
    const value = near[at] ?? 0;
    if (value <= least) continue;
    const place = top.findIndex((one) => (near[one] ?? 0) < value);
    top.splice(place < 0 ? top.length : place, 0, at);
    if (top.length > NEAREST) top.pop();
    if (top.length === NEAREST) least = near[top.at(-1) ?? 0] ?? 0;
  }
  return top;
}

/** How the nearest vote: shares of 1, less where even they are far. */
function count(top: readonly number[], examples: readonly Example[], near: Float64Array, trust: number) {
  const intents = new Map<Intent, number>();
  const slots = new Map<string, number>();
  const votes = top.map((at) => {
    const nearness = near[at] ?? 0;
    return nearness ** SHARPNESS * (nearness > SAME ? OUTVOTES : 1);
  });
  const all = votes.reduce((sum, vote) => sum + vote, 0) || 1;
  top.forEach((at, index) => {
    const share = ((votes[index] ?? 0) / all) * trust;
    examples[at]?.intents.forEach((intent, place) => {
      intents.set(intent, (intents.get(intent) ?? 0) + (place === 0 ? share : share * LATER));
    });
    for (const slot of examples[at]?.slots ?? []) slots.set(slot, (slots.get(slot) ?? 0) + share);
  });
  return { intents, slots };
}

/** How likely each intent is by what all of its examples have, taken together: shares of 1. */
function typicalOf(examples: readonly Example[], sizes: Float64Array, all: number) {
  const intents = [...new Set(examples.flatMap((one) => one.intents))];
  const numbers = new Map(intents.map((intent, number) => [intent, number]));
  const meant = examples.map((one) => one.intents.map((intent) => numbers.get(intent) ?? 0));
  const counts = new Float64Array(intents.length);
  const seen = new Float64Array(intents.length);
  meant.forEach((some, at) => {
    some.forEach((intent, place) => {
      const share = place === 0 ? 1 : SECOND;
      counts[intent] = (counts[intent] ?? 0) + share;
      seen[intent] = (seen[intent] ?? 0) + share * (sizes[at] ?? 0);
    });
  });

  return (heard: readonly Heard[]): Map<Intent, number> => {
    const length = heard.reduce((sum, { weight }) => sum + weight, 0);
    const scores = counts.map(
      (count, intent) =>
        PRIOR * Math.log(count) + length * Math.log(SMOOTHING / ((seen[intent] ?? 0) + SMOOTHING)),
    );
    const together = new Float64Array(intents.length);
    for (const { weight, at, weights } of heard) {
      together.fill(0);
      let sum = 0;
      for (let index = 0; index < at.length; index += 1) {
        const own = weights[index] ?? 0;
        sum += own;
        const some = meant[at[index] ?? 0] ?? [];
        for (let place = 0; place < some.length; place += 1) {
          const intent = some[place] ?? 0;
          together[intent] = (together[intent] ?? 0) + (place === 0 ? own : own * SECOND);
        }
      }
      const expected = (SMOOTHING * sum) / all;
      for (let intent = 0; intent < intents.length; intent += 1)
        if (together[intent])
          scores[intent] =
            (scores[intent] ?? 0) + weight * Math.log(((together[intent] ?? 0) + expected) / expected);
    }
    const best = Math.max(...scores);
    const raised = scores.map((score) => Math.exp((score - best) / DOUBT));
    const sum = raised.reduce((total, value) => total + value, 0);
    return new Map(intents.map((intent, number) => [intent, (raised[number] ?? 0) / sum]));
  };
}
