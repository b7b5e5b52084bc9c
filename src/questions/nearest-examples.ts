import type { AskModelFile } from './ask-model-file.ts';
import type { Features } from './features.ts';
import type { Intent } from './intent.ts';
import type { Row } from './model-rows.ts';

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
/** A feature that no example has makes a question less unlike them than one that others have. */
const UNKNOWN_SHARE = 0.5;
/** What one step of a weight in the rows is worth. */
export const WEIGHT_STEP = 0.01;

/** What examples vote for: shares of 1, by intent, or by slot where examples ask for that very one. */
export interface Votes {
  intent(intent: Intent): number;
  slot(slot: string): number;
  /** How near the nearest example is, up to 1: how much such a question is known at all. */
  near: number;
}

/** What an example asks for: the intent that is meant first stands first. */
export interface Goal {
  intents: readonly Intent[];
  /** The slots that it asks for by themselves, not by the names in it. */
  slots: readonly string[];
}

/** Returns how rare a feature is that so many of all examples have. */
export const rarityOf = (count: number, all: number) => Math.log(1 + (all - count + 0.5) / (count + 0.5));

/**
 * Creates the vote of the nearest examples. A question is near to an example by what they share, weighed by how rare that is
 * (tf-idf, cosine). `examplesWith` returns the examples that have a feature, with its weight in each.
 */
export function createNeighbours(
  file: Pick<AskModelFile, 'intents' | 'goals' | 'examples' | 'lengths'>,
  examplesWith: (feature: string) => Row | undefined,
): (question: Features) => Votes {
  const goalNumbers = new Uint16Array(bytesOf(file.examples));
  // What a similarity is divided by, turned round: to multiply is quicker.
  const factors = new Float32Array(bytesOf(file.lengths)).map((length) => 1 / (Math.sqrt(length) || 1));
  const goals = new Map<number, Goal>();
  const unknownRarity = rarityOf(0, goalNumbers.length) * UNKNOWN_SHARE;
  // One array is used for all questions: there are many examples.
  const similarities = new Float64Array(goalNumbers.length);

  function goalOf(example: number): Goal {
    const number = goalNumbers[example] ?? 0;
    const goal = goals.get(number) ?? parseGoal(file.goals[number] ?? ';', file.intents);
    goals.set(number, goal);
    return goal;
  }

  function compare(question: Features): void {
    let length = 0;
    similarities.fill(0);
    for (const [feature, weight] of question) {
      const row = examplesWith(feature);
      const rarity = row ? rarityOf(row.numbers.length, goalNumbers.length) : unknownRarity;
      length += (weight * rarity) ** 2;
      if (row) addShared(similarities, row, weight * rarity * rarity * WEIGHT_STEP);
    }
    const factor = 1 / (Math.sqrt(length) || 1);
    // No checks of bounds: this runs over all examples for each question.
    for (let at = 0; at < similarities.length; at += 1) {
      const shared = similarities[at] as number;
      if (shared !== 0) similarities[at] = shared * factor * (factors[at] as number);
    }
  }

  return (question) => {
    compare(question);
    const voters = topOf(similarities).map((example) => ({
      goal: goalOf(example),
      similarity: similarities[example] ?? 0,
    }));
    return countVotes(voters);
  };
}

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64')).buffer;

/** Writes a goal as it stands in the file. */
export const formatGoal = ({ intents, slots }: Goal, numberOf: (intent: Intent) => number): string =>
  `${intents.map(numberOf).join(',')};${slots.join(',')}`;

function parseGoal(goal: string, intents: readonly Intent[]): Goal {
  const [numbers = '', slots = ''] = goal.split(';');
  return {
    intents: numbers.split(',').flatMap((number) => intents[Number(number)] ?? []),
    slots: slots.split(',').filter(Boolean),
  };
}

/** Adds what a feature of the question shares with each example that has it. */
function addShared(similarities: Float64Array, { numbers, values }: Row, worth: number): void {
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] as number;
    similarities[number] = (similarities[number] as number) + worth * (values[at] as number);
  }
}

/** The numbers of the nearest, nearest first. */
function topOf(similarities: Float64Array): number[] {
  const top: number[] = [];
  let least = 0;
  for (let at = 0; at < similarities.length; at += 1) {
    const value = similarities[at] as number;
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
  goal: Goal;
  similarity: number;
}

function countVotes(voters: readonly Voter[]): Votes {
  const near = Math.min(1, (voters[0]?.similarity ?? 0) / FULL_TRUST);
  const intents = new Map<Intent, number>();
  const slots = new Map<string, number>();
  const votes = voters.map(
    ({ similarity }) => similarity ** SHARPNESS * (similarity > SAME_QUESTION ? SAME_QUESTION_FACTOR : 1),
  );
  const all = votes.reduce((sum, vote) => sum + vote, 0) || 1;
  voters.forEach(({ goal }, at) => {
    const share = ((votes[at] ?? 0) / all) * near;
    goal.intents.forEach((intent, place) => {
      intents.set(intent, (intents.get(intent) ?? 0) + (place === 0 ? share : share * LATER_INTENT));
    });
    for (const slot of goal.slots) slots.set(slot, (slots.get(slot) ?? 0) + share);
  });
  return {
    near,
    intent: (intent) => Math.min(1, intents.get(intent) ?? 0),
    slot: (slot) => Math.min(1, slots.get(slot) ?? 0),
  };
}
