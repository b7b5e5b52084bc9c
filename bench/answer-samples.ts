import { BOT_NAMES, type BotName, ECHO, FLOOR, OURS } from './bots.ts';
import { type Question, SIMPLE_QUESTION } from './discord/questions.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';

/** A rate of questions, and how many are asked in a round. */
export interface LoadLevel {
  rate: number;
  count: number;
  /** Whether the bots are asked side by side within each second; at a low rate they do not disturb each other. */
  isShared?: true;
}

/** What was measured of one bot in one round. */
export interface Sample {
  /** Milliseconds from the gateway's dispatch to the received reply. */
  times: number[];
  lost: number;
  /** How late the questions were sent, in milliseconds. */
  behind: number;
  /** CPU time of the bot for one answer, in milliseconds. */
  cpu: number;
}

/** The samples of all rounds for one question, load level and bot. */
export interface Samples {
  add(question: Question, level: LoadLevel, bot: BotName, sample: Sample): void;
  get(question: Question, level: LoadLevel, bot: BotName): readonly Sample[];
}

/** All bots, including the client without a library. */
export const ALL_BOTS: readonly BotName[] = [...BOT_NAMES, ECHO];

const MAX_MEDIAN_RATIO = 1.05;
const MAX_P99_RATIO = 1.15;
/** With fewer samples a 99th percentile is only the slowest one, so all rounds are taken together. */
const MIN_SAMPLES_FOR_P99 = 100;
const TARGET = { of: OURS, to: FLOOR };

/** Returns the bots that get a question. The client without a library gets only one, as its times do not depend on it. */
export const botsFor = (question: Question) => (question === SIMPLE_QUESTION ? ALL_BOTS : BOT_NAMES);

/** Creates an empty collection of samples. */
export function createSamples(): Samples {
  const samples = new Map<string, Sample[]>();
  const keyOf = (question: Question, { rate }: LoadLevel, bot: BotName) =>
    [question.name, rate, bot].join('|');
  return {
    add(question, level, bot, sample) {
      const key = keyOf(question, level, bot);
      samples.set(key, [...(samples.get(key) ?? []), sample]);
    },
    get: (question, level, bot) => samples.get(keyOf(question, level, bot)) ?? [],
  };
}

/** Returns the rows of one load level: times and CPU time for each question, then whether the measurement kept up. */
export function createRows(
  samples: Samples,
  questions: readonly Question[],
  level: LoadLevel,
  short: boolean,
): Row[] {
  const allOf = (value: (sample: Sample) => number) =>
    Object.fromEntries(
      BOT_NAMES.map((bot) => [
        bot,
        questions.flatMap((question) => samples.get(question, level, bot).map(value)),
      ]),
    );
  return [
    ...questions.flatMap((question) => questionRows(samples, question, level, short)),
    {
      what: `${level.rate} a second: not answered, in a turn of ${level.count}`,
      unit: '',
      figures: allOf(({ lost }) => lost),
    },
    { what: `${level.rate} a second: sent late by`, unit: 'ms', figures: allOf(({ behind }) => behind) },
  ];
}

function questionRows(samples: Samples, question: Question, level: LoadLevel, short: boolean): Row[] {
  const figures = (values: (rounds: readonly Sample[]) => number[]) =>
    Object.fromEntries(botsFor(question).map((bot) => [bot, values(samples.get(question, level, bot))]));
  const name = `${question.name}, ${level.rate} a second`;
  const rows: Row[] = [
    {
      what: `${name}: median`,
      unit: 'ms',
      figures: figures((rounds) => rounds.map(({ times }) => quantile(times, 0.5))),
      // The floor does not have to understand a new question, so CI does not compare it.
      ...(!(short && question.isUnique) && { target: { ...TARGET, atMost: MAX_MEDIAN_RATIO } }),
    },
    {
      what: `${name}: 99th percentile`,
      unit: 'ms',
      figures: figures((rounds) => p99s(rounds, level)),
      ...(!short && { target: { ...TARGET, atMost: MAX_P99_RATIO } }),
    },
  ];
  // Bots that are asked side by side share the second, so their CPU time is not separated.
  if (level.isShared) return rows;
  const cpu = figures((rounds) => rounds.map((sample) => sample.cpu));
  return [...rows, { what: `${name}: CPU time of the bot for one answer`, unit: 'ms', figures: cpu }];
}

function p99s(rounds: readonly Sample[], { count }: LoadLevel): number[] {
  return count >= MIN_SAMPLES_FOR_P99
    ? rounds.map(({ times }) => quantile(times, 0.99))
    : [
        quantile(
          rounds.flatMap(({ times }) => times),
          0.99,
        ),
      ];
}
