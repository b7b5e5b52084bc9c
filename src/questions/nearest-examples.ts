import type { Example, ExampleIndexData, KnownFeature } from './example-data.ts';
import type { Features } from './features.ts';
import type { Intent } from './intent.ts';

/** How many of the nearest examples vote, and how much more the nearer ones count. */
const NEAREST = 12;
const SHARPNESS = 3;
/** Where the very question is among the examples, it outvotes those that are only like it. */
const SAME_QUESTION = 0.97;
const SAME_QUESTION_FACTOR = 10;
/** From this similarity on the nearest count in full. */
const FULL_TRUST = 2 / 3;
/** Of several intents of an example, the first is meant first; the others count for this share. */
const LATER_INTENT = 0.7;

/** How the nearest examples vote: shares of 1, less where even they are far. */
export interface NearestVotes {
  intents: ReadonlyMap<Intent, number>;
  slots: ReadonlyMap<string, number>;
  /** How near the nearest is, up to 1. */
  near: number;
}

/** The examples, by how near they are to a question. */
export interface Neighbours {
  /** Returns the votes of the nearest. `known` are those features of the question that examples have. */
  vote(question: Features, known: readonly KnownFeature[]): NearestVotes;
}

/**
 * Creates the search for the nearest examples. A question is near to an example by what they share, weighed by how rare that
 * is (tf-idf, cosine).
 */
export function createNeighbours({ examples, postings, unknownRarity }: ExampleIndexData): Neighbours {
  const lengths = squaredLengths(examples.length, [...postings.values()]);
  // One array is used for all questions: there are many examples.
  const similarities = new Float64Array(examples.length);

  function compare(question: Features, known: readonly KnownFeature[]): void {
    let length = 0;
    for (const [feature, weight] of question)
      length += (weight * (postings.get(feature)?.rarity ?? unknownRarity)) ** 2;
    similarities.fill(0);
    for (const feature of known) addShared(similarities, feature);
    for (let at = 0; at < similarities.length; at += 1)
      similarities[at] = (similarities[at] ?? 0) / (Math.sqrt((lengths[at] ?? 0) * length) || 1);
  }

  return {
    vote(question, known) {
      compare(question, known);
      const top = topOf(similarities);
      const near = Math.min(1, (similarities[top[0] ?? 0] ?? 0) / FULL_TRUST);
      const voters = top.flatMap((number) => {
        const example = examples[number];
        return example ? [{ example, similarity: similarities[number] ?? 0 }] : [];
      });
      return { ...countVotes(voters, near), near };
    },
  };
}

/** The squared length of each example, as a vector of weighed features. */
function squaredLengths(count: number, postings: readonly Omit<KnownFeature, 'weight'>[]): Float64Array {
  const lengths = new Float64Array(count);
  for (const { rarity, examples, weights } of postings)
    examples.forEach((number, index) => {
      lengths[number] = (lengths[number] ?? 0) + ((weights[index] ?? 0) * rarity) ** 2;
    });
  return lengths;
}

/** Adds what a feature of the question shares with each example that has it. */
function addShared(similarities: Float64Array, { weight, rarity, examples, weights }: KnownFeature): void {
  const worth = weight * rarity * rarity;
  for (let index = 0; index < examples.length; index += 1) {
    const number = examples[index] ?? 0;
    similarities[number] = (similarities[number] ?? 0) + worth * (weights[index] ?? 0);
  }
}

/** The numbers of the nearest, nearest first. */
function topOf(similarities: Float64Array): number[] {
  const top: number[] = [];
  let least = 0;
  for (let at = 0; at < similarities.length; at += 1) {
    const value = similarities[at] ?? 0;
    if (value <= least) continue;
    const place = top.findIndex((number) => (similarities[number] ?? 0) < value);
    top.splice(place < 0 ? top.length : place, 0, at);
    if (top.length > NEAREST) top.pop();
    if (top.length === NEAREST) least = similarities[top.at(-1) ?? 0] ?? 0;
  }
  return top;
}

/** An example that votes. */
interface Voter {
  example: Example;
  similarity: number;
}

function countVotes(voters: readonly Voter[], trust: number): Pick<NearestVotes, 'intents' | 'slots'> {
  const intents = new Map<Intent, number>();
  const slots = new Map<string, number>();
  const votes = voters.map(
    ({ similarity }) => similarity ** SHARPNESS * (similarity > SAME_QUESTION ? SAME_QUESTION_FACTOR : 1),
  );
  const all = votes.reduce((sum, vote) => sum + vote, 0) || 1;
  voters.forEach(({ example }, at) => {
    const share = ((votes[at] ?? 0) / all) * trust;
    example.intents.forEach((intent, place) => {
      intents.set(intent, (intents.get(intent) ?? 0) + (place === 0 ? share : share * LATER_INTENT));
    });
    for (const slot of example.slots) slots.set(slot, (slots.get(slot) ?? 0) + share);
  });
  return { intents, slots };
}
