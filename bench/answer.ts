import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIEmbed } from 'discord-api-types/v10';
import type { Running } from '../chaos/process.ts';
import { BOT_NAMES, type BotName, ECHO, FLOOR, OURS, saysReady, startProcess, tokenOf } from './bots.ts';
import { QUESTIONS, type Question, SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { type MeasuringDiscord, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';
import { cpuSeconds } from './usage.ts';

/** A rate at which is asked, and how often in a round. */
interface Pace {
  rate: number;
  count: number;
  /** The bots are asked side by side, each in its part of the second, as at this rate none is in another's way. */
  together?: true;
}

const FULL: readonly Pace[] = [
  { rate: 1, count: 12, together: true },
  { rate: 50, count: 150 },
  { rate: 500, count: 1000 },
];
const SHORT: readonly Pace[] = [{ rate: 50, count: 15 }];
const ROUNDS = { full: 3, short: 3 };
/** A 99th percentile of fewer is only the slowest, so those of all rounds are taken together. */
const ENOUGH_FOR_P99 = 100;
/** Node compiles what runs often; a bot that has run for a day is measured, not one that has just started. */
const WARM_UP = { rate: 100, count: { full: 300, short: 30 } };

const MEDIAN_AT_MOST = 1.05;
const P99_AT_MOST = 1.15;

const ALL: readonly BotName[] = [...BOT_NAMES, ECHO];
/** Who is asked: the measuring itself does not depend on the question. */
const asked = (question: Question) => (question === SIMPLE_QUESTION ? ALL : BOT_NAMES);

interface Sample {
  times: number[];
  lost: number;
  behind: number;
  /** CPU time of the bot for one answer, in milliseconds. */
  cpu: number;
}
/** By question, pace, bot: a sample for each round. */
type Samples = Map<string, Sample[]>;
const keyOf = (question: Question, { rate }: Pace, bot: BotName) => [question.name, rate, bot].join('|');

/** From the gateway's dispatch to the received reply, for each question, at each rate, of each bot. */
export async function answer({ short, folder, say }: Harness): Promise<Row[]> {
  const discord = await startMeasuringDiscord();
  const bots = new Map<BotName, Running>();
  const paces = short ? SHORT : FULL;
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  try {
    const start = async (bot: BotName, answers?: string) => {
      const own = join(folder, `answer-${tokenOf(bot)}`);
      mkdirSync(own);
      const running = startProcess(bot, { apiUrl: discord.apiUrl, folder: own, ...(answers && { answers }) });
      bots.set(bot, running);
      await saysReady(running);
    };
    await start(OURS);
    const { fixed, questions } = await answersOf(discord, say);
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(fixed));
    for (const bot of ALL) if (bot !== OURS) await start(bot, answers);

    for (const question of questions) {
      for (const bot of asked(question)) {
        const count = short ? WARM_UP.count.short : WARM_UP.count.full;
        await discord.ask({ ...to(bot, question), rate: WARM_UP.rate, count });
      }
    }
    const samples: Samples = new Map();
    for (let round = 0; round < rounds; round += 1) {
      say(`answer: round ${round + 1} of ${rounds}`);
      for (const pace of paces) {
        for (const question of questions) await turn(discord, bots, samples, { question, pace, round });
      }
    }
    return paces.flatMap((pace) => rowsOf(samples, questions, pace, short));
  } finally {
    for (const bot of bots.values()) await bot.kill();
    await discord.stop();
  }
}

const to = (bot: BotName, question: Question) => ({ bot: tokenOf(bot), question, after: 0 });

interface Answered {
  data: { embeds?: APIEmbed[]; choices?: unknown[] };
}

/** What the bot itself answers, for the peers to send, and the questions that it answers at all. */
async function answersOf(discord: MeasuringDiscord, say: Harness['say']) {
  const embeds: Record<string, APIEmbed> = {};
  let choices: unknown[] = [];
  const questions: Question[] = [];
  for (const question of QUESTIONS) {
    const { bodies } = await discord.ask({ ...to(OURS, question), rate: 10, count: 1, keep: true });
    const [{ data }] = bodies as [Answered];
    const [embed] = data.embeds ?? [];
    if (data.choices) choices = data.choices;
    else if (embed) embeds[question.path] = embed;
    if (data.choices || embed) questions.push(question);
    else say(`answer: the bot has no ${question.name}; it is left out`);
  }
  return { fixed: { embeds, choices }, questions };
}

/** Asks every bot the same; who begins changes from round to round. */
async function turn(
  discord: MeasuringDiscord,
  bots: ReadonlyMap<BotName, Running>,
  samples: Samples,
  { question, pace, round }: { question: Question; pace: Pace; round: number },
): Promise<void> {
  const all = asked(question);
  const first = round % all.length;
  const order = [...all.slice(first), ...all.slice(0, first)];
  const ask = async (bot: BotName, after: number) => {
    const pid = bots.get(bot)?.child.pid ?? 0;
    const before = cpuSeconds(pid);
    const { rate, count } = pace;
    const answers = await discord.ask({ ...to(bot, question), rate, count, after });
    const cpu = ((cpuSeconds(pid) - before) * 1000) / count;
    const key = keyOf(question, pace, bot);
    samples.set(key, [...(samples.get(key) ?? []), { ...answers, cpu }]);
  };
  if (pace.together) {
    await Promise.all(order.map((bot, at) => ask(bot, (at * 1000) / (pace.rate * order.length))));
  } else for (const bot of order) await ask(bot, 0);
}

function rowsOf(samples: Samples, questions: readonly Question[], pace: Pace, short: boolean): Row[] {
  const figures = (question: Question, of: (rounds: Sample[]) => number[]) =>
    Object.fromEntries(
      asked(question).map((bot) => [bot, of(samples.get(keyOf(question, pace, bot)) ?? [])]),
    );
  const each = (of: (sample: Sample) => number) => (rounds: Sample[]) => rounds.map(of);
  const p99 = (times: number[]) => quantile(times, 0.99);
  const about = (question: Question) => `${question.name}, ${pace.rate} a second`;
  const target = { of: OURS, to: FLOOR };

  const rows = questions.flatMap((question): Row[] => [
    {
      what: `${about(question)}: median`,
      unit: 'ms',
      figures: figures(
        question,
        each(({ times }) => quantile(times, 0.5)),
      ),
      // A question in new words has to be read, which the floor need not do: CI does not judge it.
      ...(!(short && question.anew) && { target: { ...target, atMost: MEDIAN_AT_MOST } }),
    },
    {
      what: `${about(question)}: 99th percentile`,
      unit: 'ms',
      figures: figures(question, (rounds) =>
        pace.count >= ENOUGH_FOR_P99
          ? rounds.map(({ times }) => p99(times))
          : [p99(rounds.flatMap(({ times }) => times))],
      ),
      ...(!short && { target: { ...target, atMost: P99_AT_MOST } }),
    },
    ...(pace.together
      ? []
      : [
          {
            what: `${about(question)}: CPU time of the bot for one answer`,
            unit: 'ms',
            figures: figures(
              question,
              each(({ cpu }) => cpu),
            ),
          },
        ]),
  ]);
  const all = (of: (sample: Sample) => number) =>
    Object.fromEntries(
      BOT_NAMES.map((bot) => [
        bot,
        questions.flatMap((question) => (samples.get(keyOf(question, pace, bot)) ?? []).map(of)),
      ]),
    );
  return [
    ...rows,
    {
      what: `${pace.rate} a second: not answered, in a turn of ${pace.count}`,
      unit: '',
      figures: all(({ lost }) => lost),
    },
    { what: `${pace.rate} a second: sent late by`, unit: 'ms', figures: all(({ behind }) => behind) },
  ];
}
