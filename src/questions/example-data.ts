import type { Intent } from './intent.ts';

/** A question that was asked, and what it asked for: the intent that is meant first stands first. */
export interface Example {
  intents: readonly Intent[];
  /** The slots that it asks for by themselves, not by the names in it. */
  slots: readonly string[];
}

/** The examples that have a feature: their numbers, and how much it weighs in each. */
export interface Posting {
  /** How rare the feature is among all examples. */
  rarity: number;
  examples: Int32Array;
  weights: Float32Array;
}

/** A feature of a question that examples have too. */
export interface KnownFeature extends Posting {
  /** How much it weighs in the question. */
  weight: number;
}

/** All examples by what they have. */
export interface ExampleIndexData {
  examples: readonly Example[];
  postings: ReadonlyMap<string, Posting>;
  /** How rare a feature is that no example has. */
  unknownRarity: number;
}
