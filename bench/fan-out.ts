import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OURS, startBot, tokenOf, waitUntilReady } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { type MeasuringDiscord, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';
import { COUNTDOWNS_PER_SERVER, storeCountdowns } from './stored.ts';
import { formatCount } from './table.ts';

/** The release is planned for 2025-06-06; its milestone of 7 days is due at 09:00 in New York. */
const ADDED = Temporal.Instant.from('2025-05-20T12:00:00Z');
const DUE = Temporal.Instant.from('2025-05-30T13:00:00Z');
const COUNTDOWN = { release: 'Ballerina', timezone: 'America/New_York', time: '09:00', milestones: '7' };

/** `rate` is the rate of questions before, during and after the posts; `leadS` is how long before the posts the bot starts. */
const FULL = { countdowns: 3_000, rounds: 2, warmUp: 300, rate: 5, idle: 100, asked: 200, leadS: 45 };
const SHORT = { countdowns: 120, rounds: 1, warmUp: 30, rate: 10, idle: 10, asked: 15, leadS: 7 };
/** All posts take a minute. A bot that has not sent them in five has lost some. */
const TIMEOUT_MS = 300_000;

/** Discord's global rate limit, in requests a second. Docs: "Rate Limits". */
const RATE_LIMIT = 50;
const MIN_THROUGHPUT = 0.9;
const MAX_SLOWDOWN = 1.2;

interface Round {
  perSecond: number;
  limited: number;
  /** From the first post to the last, in seconds. */
  duration: number;
  idle: number[];
  meanwhile: number[];
}

/** Measures many posts due at one instant, under the sandbox's rate limits, while people keep asking. */
export async function measureFanOut({ short, folder, say }: Harness): Promise<Row[]> {
  const size = short ? SHORT : FULL;
  const countdowns = { options: COUNTDOWN, now: ADDED, count: size.countdowns };
  const stored = join(folder, 'fan-out');
  await storeCountdowns(stored, countdowns);
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round += 1) {
    say(`fan-out: round ${round + 1} of ${size.rounds}`);
    const home = join(folder, `fan-out-${round}`);
    cpSync(stored, home, { recursive: true });
    rounds.push(await measureRound(home, size));
  }
  const medians = (of: (round: Round) => number[]) => rounds.map((round) => quantile(of(round), 0.5));
  const p99s = (of: (round: Round) => number[]) => rounds.map((round) => quantile(of(round), 0.99));
  return [
    {
      what: `${formatCount(size.countdowns)} channels due at one instant: posts`,
      unit: 'a second',
      figures: {
        [OURS]: rounds.map(({ perSecond }) => perSecond),
        'the limit': rounds.map(() => RATE_LIMIT),
      },
      target: { of: OURS, to: 'the limit', atLeast: MIN_THROUGHPUT },
    },
    { what: 'refused with 429', unit: '', figures: { [OURS]: rounds.map(({ limited }) => limited) } },
    {
      what: 'the last post after the first',
      unit: 's',
      figures: {
        [OURS]: rounds.map(({ duration }) => duration),
        'the limit': rounds.map(() => size.countdowns / RATE_LIMIT),
      },
    },
    {
      what: 'answer: median',
      unit: 'ms',
      figures: { meanwhile: medians((round) => round.meanwhile), idle: medians((round) => round.idle) },
      // The few answers of the short form vary too much to be compared.
      ...(!short && { target: { of: 'meanwhile', to: 'idle', atMost: MAX_SLOWDOWN } }),
    },
    {
      what: 'answer: 99th percentile',
      unit: 'ms',
      figures: { meanwhile: p99s((round) => round.meanwhile), idle: p99s((round) => round.idle) },
    },
  ];
}

type Size = typeof FULL;

async function measureRound(folder: string, size: Size): Promise<Round> {
  const discord = await startMeasuringDiscord(
    Math.ceil(size.countdowns / COUNTDOWNS_PER_SERVER),
    COUNTDOWNS_PER_SERVER,
  );
  const env = { CONCIERGE_NOW: DUE.subtract({ seconds: size.leadS }).toString() };
  const running = startBot(OURS, { apiUrl: discord.apiUrl, folder, env });
  const ask = async (count: number, rate = size.rate) =>
    (await discord.ask({ bot: tokenOf(OURS), question: SIMPLE_QUESTION, rate, count, after: 0 })).times;
  try {
    await waitUntilReady(running);
    await ask(size.warmUp, 50);
    const before = await ask(size.idle);
    await waitForPosts(discord, 1);
    const meanwhile = await ask(size.asked);
    const { posts, limited } = await waitForPosts(discord, size.countdowns);
    const after = await ask(size.idle);
    const [first = 0, last = 0] = [posts[0], posts.at(-1)];
    const seconds = (last - first) / 1000;
    const perSecond = (posts.length - 1) / seconds;
    return { perSecond, limited, duration: seconds, idle: [...before, ...after], meanwhile };
  } finally {
    await running.kill();
    await discord.stop();
  }
}

/** Resolves when `count` posts were sent; throws after a timeout. */
async function waitForPosts(discord: MeasuringDiscord, count: number) {
  const end = performance.now() + TIMEOUT_MS;
  for (;;) {
    const traffic = await discord.traffic();
    if (traffic.posts.length >= count) return traffic;
    if (performance.now() > end) throw new Error(`Only ${traffic.posts.length} of ${count} posts were sent.`);
    await delay(50);
  }
}
