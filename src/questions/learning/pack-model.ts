import { scaled } from '../ask-model.ts';
import type { AskModelFile } from '../ask-model-file.ts';
import { type Features, markNovelWords } from '../features.ts';
import { type Intent, NOTHING } from '../intent.ts';
import { type Entry, encodeGroups, encodeRow, linesOf } from '../model-rows.ts';
import { formatGoal, type Goal, rarityOf, WEIGHT_STEP } from '../nearest-examples.ts';
import type { Mention } from '../parse-question.ts';
import { learnSoftmax, type SoftmaxExample, type SoftmaxWeights } from './softmax.ts';

/** An example, parsed. */
export interface ParsedExample {
  goal: Goal;
  features: Features;
  mentions: readonly Mention[];
  /** The stems of its words, without names in placeholders; none where it is refused. */
  words: readonly string[];
  /** Whether it is among the examples of which the nearest vote. Those that were made from others are not. */
  votes: boolean;
}

/** Smaller weights are left out: they change no answer, and are most of all. */
const MIN_WEIGHT = 0.12;
/** Weights are stored as steps from -127 to 127; larger ones are cut. */
const MAX_WEIGHT = 3;
const MAX_STEP = 127;
/** Of several intents of an example, the first is meant first; each other one counts for this share of it. */
const LATER_INTENT = 0.6;

/** Learns the intents from examples, and packs them with the examples that vote. What signs count is learned later. */
export function packModel(examples: readonly ParsedExample[]): AskModelFile {
  const learned = learnSoftmax(softmaxExamples(examples));
  const numbers = new Map(learned.intents.map((intent, at) => [intent, at]));
  const numberOf = (intent: Intent) => numbers.get(intent) ?? 0;
  const voters = examples.filter(({ votes }) => votes);
  const postings = postingsOf(voters);
  const goalOf = ({ goal }: ParsedExample) => formatGoal(goal, numberOf);
  const goals = [...new Set(voters.map(goalOf))].sort();
  const goalNumbers = new Map(goals.map((goal, at) => [goal, at]));
  return {
    digest: '',
    step: MAX_WEIGHT / MAX_STEP,
    intents: [...learned.intents],
    goals,
    examples: toBase64(Uint16Array.from(voters, (voter) => goalNumbers.get(goalOf(voter)) ?? 0)),
    lengths: toBase64(lengthsOf(voters, postings)),
    features: featureLines(learned, postings),
    words: wordLines(examples, numberOf),
    ranking: {},
    certainty: {},
  };
}

const toBase64 = (numbers: Uint16Array | Float32Array) => Buffer.from(numbers.buffer).toString('base64');

function softmaxExamples(examples: readonly ParsedExample[]): SoftmaxExample[] {
  const wordCounts = countAll(examples.map(({ words }) => words));
  const all = examples.map(({ features, mentions, goal }) => {
    // A word that only this example has would be a new one in a question like it.
    const least = goal.intents.includes(NOTHING) ? 1 : 2;
    const isFamiliar = (word: string) => (wordCounts.get(word) ?? 0) >= least;
    return { features: scaled(markNovelWords(features, mentions, isFamiliar)), shares: sharesOf(goal) };
  });
  const counts = countAll(all.map(({ features }) => features.map(([feature]) => feature)));
  // Pairs of words that only one example has say nothing about others, and are most of all features.
  const isKept = (feature: string) => !feature.includes(' ') || (counts.get(feature) ?? 0) > 1;
  return all.map(({ features, shares }) => ({ shares, features: features.filter(([name]) => isKept(name)) }));
}

function sharesOf({ intents }: Goal): Map<Intent, number> {
  const total = 1 + LATER_INTENT * (intents.length - 1);
  return new Map(intents.map((intent, at) => [intent, (at === 0 ? 1 : LATER_INTENT) / total]));
}

function countAll(lists: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const item of new Set(list)) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** The examples that have each feature, with its weight in each. */
type Postings = ReadonlyMap<string, readonly Entry[]>;

function postingsOf(voters: readonly ParsedExample[]): Postings {
  const postings = new Map<string, Entry[]>();
  voters.forEach(({ features }, number) => {
    for (const [feature, weight] of features) {
      const list = postings.get(feature) ?? [];
      if (list.length === 0) postings.set(feature, list);
      list.push([number, Math.round(weight / WEIGHT_STEP)]);
    }
  });
  return postings;
}

function lengthsOf(voters: readonly ParsedExample[], postings: Postings): Float32Array {
  const rarity = (feature: string) => rarityOf(postings.get(feature)?.length ?? 0, voters.length);
  return Float32Array.from(voters, ({ features }) =>
    [...features].reduce((sum, [feature, weight]) => sum + (weight * rarity(feature)) ** 2, 0),
  );
}

function featureLines({ features }: SoftmaxWeights, postings: Postings): string[] {
  const step = MAX_WEIGHT / MAX_STEP;
  const stepsOf = (weight: number) => Math.max(-MAX_STEP, Math.min(MAX_STEP, Math.round(weight / step)));
  const names = new Set([...features.keys(), ...postings.keys()]);
  const lines = [...names].flatMap((name): [string, string, string][] => {
    const weights = [...(features.get(name) ?? [])].flatMap((weight, number): Entry[] =>
      Math.abs(weight) < MIN_WEIGHT ? [] : [[number, stepsOf(weight)]],
    );
    const examples = postings.get(name) ?? [];
    // A pair of words that one example has finds no other.
    const isShared = examples.length > 1 || !name.includes(' ');
    if (weights.length === 0 && !isShared) return [];
    return [[name, encodeRow(weights), isShared ? encodeGroups(examples) : '']];
  });
  return linesOf(lines);
}

/** For which intents each word of the answered examples is used. */
function wordLines(examples: readonly ParsedExample[], numberOf: (intent: Intent) => number): string[] {
  const uses = new Map<string, Set<number>>();
  for (const { words, goal } of examples)
    for (const word of words) {
      const numbers = uses.get(word) ?? new Set();
      uses.set(word, numbers);
      for (const intent of goal.intents) numbers.add(numberOf(intent));
    }
  return linesOf(
    [...uses].map(([word, numbers]): [string, string] => {
      const sorted = [...numbers].sort((a, b) => a - b);
      return [word, encodeRow(sorted.map((number): Entry => [number, 1]))];
    }),
  );
}
