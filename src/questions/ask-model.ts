import type { AskModelFile, Weights } from './ask-model-file.ts';
import type { Features } from './features.ts';
import { type Intent, NOTHING } from './intent.ts';
import { decodeGroups, decodeRow, findLine, type Row } from './model-rows.ts';
import { createNeighbours, type Votes } from './nearest-examples.ts';

/** How likely a question asks for each intent: shares of 1, likeliest first. Without the intent of what has no answer. */
export interface IntentShares {
  shares: ReadonlyMap<Intent, number>;
  /** The share of what has no answer. */
  nothing: number;
}

/** For what a word is used in answered examples. */
export interface WordUse {
  /** How many intents it is used for. */
  intents: number;
  isFor(intent: Intent): boolean;
}

/** The trained model. */
export interface AskModel {
  /** Returns the likeliest intents, by softmax regression. Docs: "Speech and Language Processing", Jurafsky and Martin, chapter 5. */
  rank(features: Features): IntentShares;
  /** Returns what the nearest examples ask for. */
  vote(features: Features): Votes;
  /** Undefined where no answered example has the word. */
  useOf(word: string): WordUse | undefined;
  ranking: Weights;
  certainty: Weights;
}

/** Less likely intents are not looked at. */
const MAX_INTENTS = 14;
const MIN_SHARE = 5e-4;
/** So many decoded rows are kept, and as many words. A few hundred are in most questions. */
const MAX_KEPT = 1_000;
/** The length to which the features of each question are scaled: long questions are no surer than short ones. */
const LENGTH = 3;

/** Creates the model. A row is decoded when a question first needs it: nothing has to be made ready. */
export function createAskModel(file: AskModelFile): AskModel {
  const { intents, step, features: lines, words, ranking, certainty } = file;
  const numbers = new Map(intents.map((intent, number) => [intent, number]));
  const rows = new Map<string, { weights: Row; examples: Row } | undefined>();
  const uses = new Map<string, WordUse | undefined>();

  function rowsOf(feature: string) {
    if (!rows.has(feature)) {
      if (rows.size >= MAX_KEPT) rows.clear();
      const [weights = '', examples = ''] = findLine(lines, feature) ?? [];
      const isKnown = weights !== '' || examples !== '';
      rows.set(
        feature,
        isKnown ? { weights: decodeRow(weights), examples: decodeGroups(examples) } : undefined,
      );
    }
    return rows.get(feature);
  }

  function useOf(word: string): WordUse | undefined {
    if (!uses.has(word)) {
      if (uses.size >= MAX_KEPT) uses.clear();
      const [row] = findLine(words, word) ?? [];
      const used = row === undefined ? undefined : new Set(decodeRow(row).numbers);
      uses.set(word, used && { intents: used.size, isFor: (intent) => used.has(numbers.get(intent) ?? -1) });
    }
    return uses.get(word);
  }

  return {
    ranking,
    certainty,
    useOf,
    vote: createNeighbours(file, (feature) => rowsOf(feature)?.examples),
    rank(features) {
      const scores = new Float64Array(intents.length);
      for (const [feature, value] of scaled(features)) {
        const row = rowsOf(feature)?.weights;
        if (!row) continue;
        for (let at = 0; at < row.numbers.length; at += 1) {
          const number = row.numbers[at] ?? 0;
          scores[number] = (scores[number] ?? 0) + value * step * (row.values[at] ?? 0);
        }
      }
      toShares(scores);
      return likeliest(intents, scores);
    },
  };
}

function likeliest(intents: readonly Intent[], scores: Float64Array): IntentShares {
  const ranked = intents
    .flatMap((intent, number): [Intent, number][] => {
      const share = scores[number] ?? 0;
      return share >= MIN_SHARE && intent !== NOTHING ? [[intent, share]] : [];
    })
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_INTENTS);
  return { shares: new Map(ranked), nothing: scores[intents.indexOf(NOTHING)] ?? 0 };
}

/** Returns features scaled to one length. */
export function scaled(features: Features): [feature: string, value: number][] {
  let sum = 0;
  for (const value of features.values()) sum += value * value;
  const factor = LENGTH / (Math.sqrt(sum) || 1);
  return [...features].map(([feature, value]) => [feature, value * factor]);
}

/** Turns scores into shares of 1, in place (softmax). */
export function toShares(scores: Float64Array): void {
  const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const value = Math.exp((scores[at] ?? 0) - best);
    scores[at] = value;
    sum += value;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
}
