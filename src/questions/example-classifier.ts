import { createBayes } from './bayes.ts';
import type { Example, ExampleIndexData, KnownFeature, Posting } from './example-data.ts';
import { type Features, wordsIn } from './features.ts';
import { type Intent, NOTHING } from './intent.ts';
import { createNeighbours } from './nearest-examples.ts';

/** What examples vote for: shares of 1, by intent, or by slot where examples ask for that very one. */
export interface Votes {
  intent(intent: Intent): number;
  slot(slot: string): number;
  /** How near the nearest example is: how much such a question is known at all. */
  near: number;
}

/** Examples, ready to be compared with. */
export interface ExampleClassifier {
  vote(question: Features): Votes;
  /** Whether an answered example has the word. */
  isFamiliar(word: string): boolean;
}

/** A feature that no example has makes a question less unlike them than one that others have. */
const UNKNOWN_SHARE = 0.5;
/** The share of the vote that the nearest examples have, beside all examples of an intent taken together. */
const NEAREST_SHARE = 0.625;

/**
 * Collects examples one by one, then makes a classifier of them. The nearest examples vote, and beside them what is typical of
 * all examples of an intent (naive Bayes), which knows words that no near one has.
 */
export function createExampleCollector() {
  const examples: Example[] = [];
  const lists = new Map<string, { examples: number[]; weights: number[] }>();
  const familiar = new Set<string>();

  return {
    add(example: Example, features: Features): void {
      const number = examples.push(example) - 1;
      if (!example.intents.includes(NOTHING)) for (const word of wordsIn(features)) familiar.add(word);
      for (const [feature, weight] of features) {
        const list = lists.get(feature) ?? { examples: [], weights: [] };
        if (list.examples.length === 0) lists.set(feature, list);
        list.examples.push(number);
        list.weights.push(weight);
      }
    },
    classifier(): ExampleClassifier {
      const rarityOf = (count: number) => Math.log(1 + (examples.length - count + 0.5) / (count + 0.5));
      const postings = new Map<string, Posting>();
      for (const [feature, list] of lists)
        postings.set(feature, {
          rarity: rarityOf(list.examples.length),
          examples: Int32Array.from(list.examples),
          weights: Float32Array.from(list.weights),
        });
      const data = { examples, postings, unknownRarity: rarityOf(0) * UNKNOWN_SHARE };
      return { vote: createVote(data), isFamiliar: (word) => familiar.has(word) };
    },
  };
}

function createVote(data: ExampleIndexData): ExampleClassifier['vote'] {
  const neighbours = createNeighbours(data);
  const bayes = createBayes(data);

  return (question) => {
    const known = knownFeatures(question, data);
    const { intents, slots, near } = neighbours.vote(question, known);
    const shares = bayes.shares(known);
    return {
      intent: (intent) =>
        NEAREST_SHARE * Math.min(1, intents.get(intent) ?? 0) +
        (1 - NEAREST_SHARE) * (shares.get(intent) ?? 0),
      slot: (slot) => Math.min(1, slots.get(slot) ?? 0),
      near,
    };
  };
}

function knownFeatures(question: Features, { postings }: ExampleIndexData): KnownFeature[] {
  return [...question].flatMap(([feature, weight]) => {
    const posting = postings.get(feature);
    return posting ? [{ weight, ...posting }] : [];
  });
}
