import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OURS, saysReady, startProcess, tokenOf } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { type MeasuringDiscord, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';
import { PER_SERVER, storeCountdowns } from './stored.ts';
import { counted } from './table.ts';

/** The release is planned for 2025-06-06 in this world; this is the instant of its milestone of 7 days, 09:00 in New York. */
const ORDERED = Temporal.Instant.from('2025-05-20T12:00:00Z');
const DUE = Temporal.Instant.from('2025-05-30T13:00:00Z');
const COUNTDOWN = { release: 'Ballerina', timezone: 'America/New_York', time: '09:00', milestones: '7' };

/** `rate` is that of the questions before the posts are due, meanwhile and afterwards; `leadS` how long before it is started. */
const FULL = { countdowns: 3_000, rounds: 2, warmUp: 300, rate: 5, idle: 100, asked: 200, leadS: 45 };
const SHORT = { countdowns: 120, rounds: 1, warmUp: 30, rate: 10, idle: 10, asked: 15, leadS: 7 };
/** All posts would be made in a minute; a bot that has not made them in five has lost some. */
const PATIENCE_MS = 300_000;

/** What Discord allows of all requests together. Docs: "Rate Limits". */
const LIMIT = 50;
const THROUGHPUT_AT_LEAST = 0.9;
const SLOWER_AT_MOST = 1.2;

interface Round {
  perSecond: number;
  limited: number;
  /** From the first post to the last, in seconds. */
  last: number;
  idle: number[];
  meanwhile: number[];
}

/** Many channels due at one instant, under the limits that the sandbox enforces, while people go on asking. */
export async function fanOut({ short, folder, say }: Harness): Promise<Row[]> {
  const size = short ? SHORT : FULL;
  const order = { options: COUNTDOWN, now: ORDERED, count: size.countdowns };
  const stored = join(folder, 'fan-out');
  await storeCountdowns(stored, order);
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round += 1) {
    say(`fan-out: round ${round + 1} of ${size.rounds}`);
    const home = join(folder, `fan-out-${round}`);
    cpSync(stored, home, { recursive: true });
    rounds.push(await roundOf(home, size));
  }
  const median = (of: (round: Round) => number[]) => rounds.map((round) => quantile(of(round), 0.5));
  const p99 = (of: (round: Round) => number[]) => rounds.map((round) => quantile(of(round), 0.99));
  return [
    {
      what: `${counted(size.countdowns)} channels due at one instant: posts`,
      unit: 'a second',
      figures: { [OURS]: rounds.map(({ perSecond }) => perSecond), 'the limit': rounds.map(() => LIMIT) },
      target: { of: OURS, to: 'the limit', atLeast: THROUGHPUT_AT_LEAST },
    },
    { what: 'refused with 429', unit: '', figures: { [OURS]: rounds.map(({ limited }) => limited) } },
    {
      what: 'the last post after the first',
      unit: 's',
      figures: {
        [OURS]: rounds.map(({ last }) => last),
        'the limit': rounds.map(() => size.countdowns / LIMIT),
      },
    },
    {
      what: 'answer: median',
      unit: 'ms',
      figures: { meanwhile: median((one) => one.meanwhile), idle: median((one) => one.idle) },
      // A few answers of a machine that does other things too say nothing.
      ...(!short && { target: { of: 'meanwhile', to: 'idle', atMost: SLOWER_AT_MOST } }),
    },
    {
      what: 'answer: 99th percentile',
      unit: 'ms',
      figures: { meanwhile: p99((one) => one.meanwhile), idle: p99((one) => one.idle) },
    },
  ];
}

type Size = typeof FULL;

async function roundOf(folder: string, size: Size): Promise<Round> {
  const discord = await startMeasuringDiscord(Math.ceil(size.countdowns / PER_SERVER), PER_SERVER);
  const env = { CONCIERGE_NOW: DUE.subtract({ seconds: size.leadS }).toString() };
  const running = startProcess(OURS, { apiUrl: discord.apiUrl, folder, env });
  const ask = async (count: number, rate = size.rate) =>
    (await discord.ask({ bot: tokenOf(OURS), question: SIMPLE_QUESTION, rate, count, after: 0 })).times;
  try {
    await saysReady(running);
    await ask(size.warmUp, 50);
    const before = await ask(size.idle);
    await posted(discord, 1);
    const meanwhile = await ask(size.asked);
    const { posts, limited } = await posted(discord, size.countdowns);
    const after = await ask(size.idle);
    const [first = 0, last = 0] = [posts[0], posts.at(-1)];
    const seconds = (last - first) / 1000;
    const perSecond = (posts.length - 1) / seconds;
    return { perSecond, limited, last: seconds, idle: [...before, ...after], meanwhile };
  } finally {
    await running.kill();
    await discord.stop();
  }
}

/** Resolves when so many posts were made. */
async function posted(discord: MeasuringDiscord, count: number) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const traffic = await discord.traffic();
    if (traffic.posts.length >= count) return traffic;
    if (performance.now() > end) throw new Error(`Only ${traffic.posts.length} of ${count} posts were made.`);
    await delay(50);
  }
}
