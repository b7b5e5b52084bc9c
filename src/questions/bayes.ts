import type { ExampleIndexData, KnownFeature } from './example-data.ts';
import type { Intent } from './intent.ts';

/** How much is taken as seen of each feature beforehand. */
const SMOOTHING = 80;
/** How much the number of an intent's examples counts. */
const PRIOR = 0.3;
/** How much the likelihoods are levelled: features are not independent of each other, as naive Bayes assumes. */
const LEVELLING = 2.5;
/** Of several intents of an example, the first is meant first; the others count for this share. */
const LATER_INTENT = 0.5;

/** Naive Bayes over the intents of the examples. */
export interface Bayes {
  /** Returns how likely each intent is by what all of its examples have, taken together: shares of 1. */
  shares(known: readonly KnownFeature[]): Map<Intent, number>;
}

/** Creates naive Bayes of the examples. */
export function createBayes({ examples, postings }: ExampleIndexData): Bayes {
  const intents = [...new Set(examples.flatMap((example) => example.intents))];
  const numbers = new Map(intents.map((intent, number) => [intent, number]));
  const intentsOf = examples.map((example) => example.intents.map((intent) => numbers.get(intent) ?? 0));
  const { sizes, total } = sizesOf(examples.length, [...postings.values()]);
  const { counts, seen } = countIntents(intents.length, intentsOf, sizes);
  // One array is used for all features: there are many questions.
  const perIntent = new Float64Array(intents.length);

  /** Adds to the scores what one feature tells for and against each intent. */
  function addEvidence(scores: Float64Array, feature: KnownFeature): void {
    const sum = addUp(perIntent, feature, intentsOf);
    const expected = (SMOOTHING * sum) / total;
    for (let intent = 0; intent < scores.length; intent += 1) {
      const own = perIntent[intent] ?? 0;
      if (own > 0)
        scores[intent] = (scores[intent] ?? 0) + feature.weight * Math.log((own + expected) / expected);
    }
  }

  return {
    shares(known) {
      const length = known.reduce((sum, { weight }) => sum + weight, 0);
      const scores = counts.map(
        (count, intent) =>
          PRIOR * Math.log(count) + length * Math.log(SMOOTHING / ((seen[intent] ?? 0) + SMOOTHING)),
      );
      for (const feature of known) addEvidence(scores, feature);
      const best = Math.max(...scores);
      const likelihoods = scores.map((score) => Math.exp((score - best) / LEVELLING));
      const sum = likelihoods.reduce((all, likelihood) => all + likelihood, 0);
      return new Map(intents.map((intent, number) => [intent, (likelihoods[number] ?? 0) / sum]));
    },
  };
}

/** The summed weights of each example's features, and of all. */
function sizesOf(
  count: number,
  postings: readonly Pick<KnownFeature, 'examples' | 'weights'>[],
): { sizes: Float64Array; total: number } {
  const sizes = new Float64Array(count);
  let total = 0;
  for (const { examples, weights } of postings)
    examples.forEach((number, index) => {
      const weight = weights[index] ?? 0;
      sizes[number] = (sizes[number] ?? 0) + weight;
      total += weight;
    });
  return { sizes, total };
}

/** How many examples each intent has, and how much they hold together. */
function countIntents(
  count: number,
  intentsOf: readonly (readonly number[])[],
  sizes: Float64Array,
): { counts: Float64Array; seen: Float64Array } {
  const counts = new Float64Array(count);
  const seen = new Float64Array(count);
  intentsOf.forEach((intents, example) => {
    intents.forEach((intent, place) => {
      const share = place === 0 ? 1 : LATER_INTENT;
      counts[intent] = (counts[intent] ?? 0) + share;
      seen[intent] = (seen[intent] ?? 0) + share * (sizes[example] ?? 0);
    });
  });
  return { counts, seen };
}

/** Puts how much a feature weighs in the examples of each intent into `perIntent`; returns its weight in all examples. */
function addUp(
  perIntent: Float64Array,
  { examples, weights }: KnownFeature,
  intentsOf: readonly (readonly number[])[],
): number {
  perIntent.fill(0);
  let sum = 0;
  for (let index = 0; index < examples.length; index += 1) {
    const weight = weights[index] ?? 0;
    sum += weight;
    const intents = intentsOf[examples[index] ?? 0] ?? [];
    for (let place = 0; place < intents.length; place += 1) {
      const intent = intents[place] ?? 0;
      perIntent[intent] = (perIntent[intent] ?? 0) + (place === 0 ? weight : weight * LATER_INTENT);
    }
  }
  return sum;
}
