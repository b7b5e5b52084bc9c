import { z } from 'zod';
import type { Features } from './features.ts';
import { type Intent, NOTHING } from './intent.ts';

/**
 * What was learned from the examples: `data/ask-model.json`, written by `npm run ask:train`. It is softmax regression: each
 * feature of a question has a weight for each intent. Docs: "Speech and Language Processing", Jurafsky and Martin, chapter 5.
 */
export const askModelFile = z.strictObject({
  /** A digest of everything that it was learned from. */
  digest: z.string(),
  /** What one step of a stored weight is worth. */
  step: z.number(),
  intents: z.array(z.string()),
  /** See `CertaintyWeights`. */
  certainty: z.strictObject({
    bias: z.number(),
    nothing: z.number(),
    unexplained: z.number(),
    unexplainedShare: z.number(),
    novel: z.number(),
    elsewhere: z.number(),
    fit: z.number(),
    share: z.number(),
    named: z.number(),
  }),
  /** By feature, its weights: pairs of bytes in Base64, see `decodeRow`. */
  features: z.record(z.string(), z.string()),
  /** The words of the answered examples, with the intents that each is used for, in the same form. */
  words: z.record(z.string(), z.string()),
});
/** The file as a whole. */
export type AskModelFile = z.output<typeof askModelFile>;

/** An intent, with how likely a question asks for it: shares of 1. */
export interface RankedIntent {
  intent: Intent;
  share: number;
}

/** The trained model. */
export interface AskModel {
  /** Returns all intents, the likeliest first. */
  rank(features: Features): RankedIntent[];
  /** Whether the word stands in any answered example. */
  isFamiliar(word: string): boolean;
  /** Whether the word stands in answered examples of so many kinds that it says nothing of what is asked for. */
  isGeneral(word: string): boolean;
  /** Whether the word stands in an answered example that asks for this. */
  isUsedFor(word: string, intent: Intent): boolean;
}

/** The length to which the features of each question are scaled: long questions are no surer than short ones. */
const LENGTH = 3;

/** A word that is used to ask for so many things is general. */
const GENERAL = 25;

/** Creates the model. Rows are decoded when a question needs them: nothing has to be made ready. */
export function createAskModel({ intents, features: rows, words, step }: AskModelFile): AskModel {
  const numbers = new Map(intents.map((intent, number) => [intent, number]));
  const scores = new Float64Array(intents.length);

  return {
    rank(features) {
      scores.fill(0);
      for (const [feature, value] of scaled(features)) {
        const row = own(rows, feature);
        if (row) for (const [number, weight] of decodeRow(row)) scores[number] = (scores[number] ?? 0) + value * weight * step;
      }
      toShares(scores);
      return intents
        .map((intent, number) => ({ intent, share: scores[number] ?? 0 }))
        .sort((a, b) => b.share - a.share);
    },
    isFamiliar: (word) => own(words, word) !== undefined,
    isGeneral(word) {
      const row = own(words, word);
      return row !== undefined && decodeRow(row).length >= GENERAL;
    },
    isUsedFor(word, intent) {
      const row = own(words, word);
      return row !== undefined && decodeRow(row).some(([number]) => number === numbers.get(intent));
    },
  };
}

/** A model that knows no question: for facts without examples. */
export const emptyAskModel = (): AskModelFile => ({ digest: '', step: 1, intents: [NOTHING], certainty: { bias: 0, nothing: 0, unexplained: 0, unexplainedShare: 0, novel: 0, elsewhere: 0, fit: 0, share: 0, named: 0 }, features: {}, words: {} });

const own = (record: Record<string, string>, key: string) => (Object.hasOwn(record, key) ? record[key] : undefined);

/** Returns features scaled to one length. */
export function scaled(features: Features): [feature: string, value: number][] {
  let sum = 0;
  for (const value of features.values()) sum += value * value;
  const factor = LENGTH / (Math.sqrt(sum) || 1);
  return [...features].map(([feature, value]) => [feature, value * factor]);
}

/** Turns scores into shares of 1, in place. */
export function toShares(scores: Float64Array): void {
  let best = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > best) best = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const value = Math.exp((scores[at] ?? 0) - best);
    scores[at] = value;
    sum += value;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
}

/** The most that one step in a row can say. */
const MAX_SKIP = 255;

/**
 * Encodes numbers with a value from -127 to 127 each: for each a byte that says how far it is from the one before, and a byte
 * with its value. Entries with value 0 only fill gaps. `entries` are sorted by number.
 */
export function encodeRow(entries: readonly (readonly [number: number, value: number])[]): string {
  const bytes: number[] = [];
  let before = 0;
  for (const [number, value] of entries) {
    let skip = number - before;
    for (; skip > MAX_SKIP; skip -= MAX_SKIP) bytes.push(MAX_SKIP, 0);
    bytes.push(skip, value & 0xff);
    before = number;
  }
  return Buffer.from(bytes).toString('base64');
}

/** Returns what `encodeRow` was given, with the entries that fill gaps. */
export function decodeRow(row: string): [number: number, value: number][] {
  const bytes = Buffer.from(row, 'base64');
  const entries: [number, number][] = [];
  let number = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    number += bytes[at] ?? 0;
    entries.push([number, bytes.readInt8(at + 1)]);
  }
  return entries;
}
