import type { Profile } from './answer-profile.ts';
import { createExampleCollector, type ExampleClassifier } from './example-classifier.ts';
import type { Example } from './example-data.ts';
import type { Examples } from './examples-schema.ts';
import { featuresOfExample } from './features.ts';
import { type Intent, intentOfList, NOTHING } from './intent.ts';
import type { ParserContext } from './parse-question.ts';
import { matchingPaths } from './path-pattern.ts';
import type { QuestionIndex } from './question-index.ts';
import { LISTS } from './vocabulary-schema.ts';

/** How many examples are parsed before others have their turn. */
const SLICE = 50;

/** The examples, compared with questions once they are ready. */
export interface ExampleIndex {
  /** The classifier. Where it is not ready, builds it at once, which takes a good part of a second. */
  classifier(): ExampleClassifier;
  isReady(): boolean;
  /** Builds the classifier a little at a time, so that nothing else has to wait; once for all who call it. */
  prepare(yieldTurn: () => Promise<unknown>): Promise<void>;
}

/** Creates the example index. Examples are of all days, so `latest` returns the index of the newest facts. */
export function createExampleIndex(examples: Examples, latest: () => QuestionIndex): ExampleIndex {
  let classifier: ExampleClassifier | undefined;
  let preparing: Promise<void> | undefined;

  async function build(yieldTurn: () => Promise<unknown>): Promise<void> {
    await yieldTurn();
    const steps = classify(examples, latest());
    for (;;) {
      const { done, value } = steps.next();
      if (done) classifier ??= value;
      if (classifier) return;
      await yieldTurn();
    }
  }

  return {
    isReady: () => classifier !== undefined,
    classifier() {
      if (classifier) return classifier;
      const steps = classify(examples, latest());
      let step = steps.next();
      while (!step.done) step = steps.next();
      classifier = step.value;
      return classifier;
    },
    prepare(yieldTurn) {
      if (classifier) return Promise.resolve();
      preparing ??= build(yieldTurn).finally(() => {
        preparing = undefined;
      });
      return preparing;
    },
  };
}

/** Parses all examples, pausing now and then; returns the classifier of them. */
function* classify(
  examples: Examples,
  { parserContext, profiles }: QuestionIndex,
): Generator<undefined, ExampleClassifier> {
  // Examples are spelt as they are meant to be.
  const context: ParserContext = { ...parserContext, spelling: () => undefined };
  const { add, classifier } = createExampleCollector();
  let count = 0;
  for (const { example, text } of examplesIn(examples, profiles)) {
    add(example, featuresOfExample(text, context));
    count += 1;
    if (count % SLICE === 0) yield;
  }
  return classifier();
}

function* examplesIn(
  { answered, refused }: Examples,
  profiles: readonly Profile[],
): Generator<{ example: Example; text: string }> {
  const intentsAt = createIntentLookup(profiles);
  for (const { asks, like } of answered) {
    const intents = [...new Set(asks.flatMap(intentsAt))];
    const example = { intents, slots: asks.filter((path) => !path.includes('*')) };
    for (const text of like) yield { example, text };
  }
  const nothing = { intents: [NOTHING], slots: [] };
  for (const { like } of refused) for (const text of like) yield { example: nothing, text };
}

/** Returns a function that returns the intents to which a path or pattern leads. */
function createIntentLookup(profiles: readonly Profile[]): (pattern: string) => Intent[] {
  const intents = new Map([
    ...profiles.flatMap(({ target, intent }) => ('slot' in target ? [[target.slot, intent] as const] : [])),
    ...LISTS.map((list) => [`list/${list}`, intentOfList(list)] as const),
  ]);
  const paths = [...intents.keys()];
  return (pattern) => {
    const own = intents.get(pattern);
    if (own) return [own];
    return [...new Set(matchingPaths(pattern, paths).flatMap((path) => intents.get(path) ?? []))];
  };
}
