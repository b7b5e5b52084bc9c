import { z } from 'zod';
import { NOTHING } from './intent.ts';

/** What each sign counts, by its name. */
const weights = z.record(z.string(), z.number());
export type Weights = Readonly<Record<string, number>>;

/**
 * What was learned from the examples: `data/ask-model.json`, written by `npm run ask:train`. Nothing in it is written by hand.
 * Lines are sorted, so that a new example changes few of them.
 */
export const askModelFile = z.strictObject({
  $schema: z.string().optional(),
  /** A digest of everything that it was learned from. */
  digest: z.string(),
  intents: z.array(z.string()),
  /** What one step of a value in the rows of features is worth. */
  step: z.number(),
  /** What examples ask for, each written once: numbers of intents, a semicolon, and slots that are asked for by themselves. */
  goals: z.array(z.string()),
  /** The number of each example's goal: 16 bits each, in Base64. */
  examples: z.string(),
  /** The squared length of each example: 32 bits each, in Base64. */
  lengths: z.string(),
  /** Each feature with its weights for intents (`encodeRow`), and with the examples that have it (`encodeGroups`). */
  features: z.array(z.string()),
  /** Each word of the answered examples, with the intents that it is used for. */
  words: z.array(z.string()),
  /** What signs count for an answer, and for the certainty that the best one was asked for. */
  ranking: weights,
  certainty: weights,
});
export type AskModelFile = z.output<typeof askModelFile>;

/** A model that has learned nothing and refuses everything: for facts without examples. */
export const emptyAskModel = (): AskModelFile => ({
  digest: '',
  intents: [NOTHING],
  step: 1,
  goals: [],
  examples: '',
  lengths: '',
  features: [],
  words: [],
  ranking: {},
  certainty: {},
});
