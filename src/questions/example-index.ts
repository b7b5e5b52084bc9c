import { fitting } from '../facts/examples-schema.ts';
import type { Facts, Snapshot } from '../facts/snapshot.ts';
import { LISTS } from '../facts/vocabulary-schema.ts';
import type { Profile } from './answer-profile.ts';
import { type Example, type Examples, exampleCollector } from './example-classifier.ts';
import { featuresOfExample } from './features.ts';
import { type Intent, intentOf, intentOfList, intentOfSlot, NOTHING } from './intent.ts';
import type { Parser } from './parse-question.ts';
import { questionIndexOf } from './question-index.ts';

/** A day by which everything in the facts is known: ways of asking are of all days. */
const EVER = '9999-12-31';
/** How many examples are read before others have their turn. */
const SLICE = 50;

interface Made {
  /** The facts with all that ever became known. */
  all: Snapshot;
  examples?: Examples;
  preparing?: Promise<void>;
}

const made = new WeakMap<Facts, Made>();

function madeOf(facts: Facts): Made {
  const known = made.get(facts) ?? { all: facts.asOf(EVER) };
  made.set(facts, known);
  return known;
}

/** The ways of asking that are known, ready to be compared with. Takes a good part of a second the first time. */
export function examplesOf(facts: Facts, reader: Parser): Examples {
  const known = madeOf(facts);
  if (!known.examples) for (const _ of making(facts, known, reader));
  return known.examples as Examples;
}

/** Whether a question can be answered in a moment. */
export const isPrepared = (facts: Facts): boolean => Boolean(made.get(facts)?.examples);

/** Makes everything ready that questions need, a little at a time, so that nothing else has to wait; once for all who ask. */
export function prepareAsking(facts: Facts, world: Snapshot, turn: () => Promise<unknown>): Promise<void> {
  const known = madeOf(facts);
  if (known.examples) return Promise.resolve();
  known.preparing ??= prepare(facts, world, known, turn).finally(() => {
    delete known.preparing;
  });
  return known.preparing;
}

async function prepare(
  facts: Facts,
  world: Snapshot,
  known: Made,
  turn: () => Promise<unknown>,
): Promise<void> {
  await turn();
  const { reader } = questionIndexOf(facts, world);
  for (const _ of making(facts, known, reader)) {
    await turn();
    if (known.examples) return;
  }
}

/** Reads all examples, stopping now and then; they are ready when it ends. */
function* making(facts: Facts, known: Made, reader: Parser): Generator<undefined> {
  // Examples are spelt as they are meant to be.
  const plain: Parser = { ...reader, spelling: () => undefined };
  const { add, index } = exampleCollector();
  let read = 0;
  for (const { example, text } of examplesIn(facts, known.all)) {
    add(example, featuresOfExample(text, plain));
    read += 1;
    if (read % SLICE === 0) yield;
  }
  known.examples = index();
}

function* examplesIn({ ways }: Facts, all: Snapshot): Generator<{ example: Example; text: string }> {
  const intentsAt = intentsIn(all);
  for (const { asks, like } of ways.answered) {
    const intents = [...new Set(asks.flatMap(intentsAt))];
    const example = { intents, slots: asks.filter((path) => !path.includes('*')) };
    for (const text of like) yield { example, text };
  }
  const nothing = { intents: [NOTHING], slots: [] };
  for (const { like } of ways.refused) for (const text of like) yield { example: nothing, text };
}

/** The intents that a path or pattern leads to. */
function intentsIn(world: Snapshot): (pattern: string) => Intent[] {
  const paths = new Map([
    ...world.all.map(({ slot }) => [slot.slot, intentOfSlot(slot)] as const),
    ...LISTS.map((list) => [`list/${list}`, intentOfList(list)] as const),
  ]);
  const all = [...paths.keys()];
  return (pattern) => {
    const own = paths.get(pattern);
    if (own) return [own];
    return [...new Set(fitting(pattern, all).flatMap((path) => paths.get(path) ?? []))];
  };
}

/**
 * Examples were written by people who know the facts as they are now. Whether a slot already says the same in a world: else an
 * example that asks for it by something else than its name ("the villain") would tell what became known later.
 */
export const isAsNow = (facts: Facts, world: Snapshot) => (slot: string) =>
  madeOf(facts).all.get(slot)?.claim === world.get(slot)?.claim;

const intents = new WeakMap<Profile, Intent>();

/** What the answers of a world are about. */
export const intentIn =
  (world: Snapshot) =>
  (profile: Profile): Intent => {
    const intent = intents.get(profile) ?? intentOf(profile, (slot) => world.get(slot)?.slot.kind);
    intents.set(profile, intent);
    return intent;
  };
