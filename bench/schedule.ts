import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OURS, startBot, tokenOf, waitUntilReady } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { monotonicMs, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { median } from './statistics.ts';
import { openQueue, storeCountdowns } from './stored.ts';
import { formatCount } from './table.ts';
import { cpuSeconds, residentMB } from './usage.ts';

const ADDED = Temporal.Instant.from('2025-05-20T12:00:00Z');
/** An hour later, when nothing is due yet. */
const NOW = ADDED.add({ hours: 1 });
/** The first countdown is due ten days later, the last one this much after the first. */
const SPREAD = Temporal.Duration.from({ hours: 300 * 24 });
const COUNTDOWN = { release: 'Ballerina', timezone: 'America/New_York', time: '09:00', milestones: '7' };

const FULL = {
  counts: [1_000, 100_000, 1_000_000],
  rounds: 2,
  polls: 2_000,
  settleMs: 10_000,
  idleMs: 30_000,
};
const SHORT = { counts: [1_000, 100_000], rounds: 1, polls: 500, settleMs: 1_000, idleMs: 0 };
const MAX_FIND_RATIO = 1.5;
/** Measurements vary a little even where nothing grows. */
const MAX_GROWTH = 1.1;

const HOUR_MS = 3_600_000;

/** Measures start, memory and CPU time of a bot with many countdowns, and how fast it finds the next due entry. */
export async function measureSchedule({ short, folder, say }: Harness): Promise<Row[]> {
  const size = short ? SHORT : FULL;
  const files = new Map<number, string>();
  for (const count of size.counts) {
    say(`schedule: ${count} countdowns to store`);
    const home = join(folder, `schedule-${count}`);
    const countdowns = {
      options: COUNTDOWN,
      now: ADDED,
      count,
      spread: SPREAD,
      unknownServers: true,
    } as const;
    files.set(count, await storeCountdowns(home, countdowns));
  }
  const starts = new Map<number, StartResult[]>(size.counts.map((count) => [count, []]));
  for (let round = 0; round < size.rounds; round += 1) {
    for (const count of size.counts) {
      say(`schedule: start ${round + 1} of ${size.rounds} with ${count}`);
      starts.get(count)?.push(await startOnce(join(folder, `schedule-${count}`), size));
    }
  }
  const queueTimes = await measureQueue(files, size);

  const figures = <T>(of: ReadonlyMap<number, T[]>, value: (result: T) => number) =>
    Object.fromEntries([...of].map(([count, list]) => [formatCount(count), list.map(value)]));
  const target = (atMost: number) => ({
    of: formatCount(size.counts.at(-1) ?? 0),
    to: formatCount(size.counts[0] ?? 0),
    atMost,
  });
  return [
    {
      what: 'find the next that is due',
      unit: 'µs',
      figures: figures(queueTimes, ({ find }) => find),
      target: target(MAX_FIND_RATIO),
    },
    { what: 'put it back for later', unit: 'µs', figures: figures(queueTimes, ({ put }) => put) },
    {
      what: 'process start to READY',
      unit: 'ms',
      figures: figures(starts, ({ ready }) => ready),
      target: target(MAX_GROWTH),
    },
    {
      what: 'process start to the first answer',
      unit: 'ms',
      figures: figures(starts, ({ answered }) => answered),
    },
    {
      what: `CPU time until ${size.settleMs / 1000} s after the start`,
      unit: 's',
      figures: figures(starts, ({ cpu }) => cpu),
    },
    {
      what: 'idle',
      unit: 'MB',
      figures: figures(starts, ({ resident }) => resident),
      target: target(MAX_GROWTH),
    },
    ...(size.idleMs > 0
      ? [{ what: 'CPU time of an idle hour', unit: 's', figures: figures(starts, ({ hour }) => hour) }]
      : []),
  ];
}

interface StartResult {
  /** Milliseconds from the start of the process. */
  ready: number;
  answered: number;
  /** Seconds. */
  cpu: number;
  hour: number;
  /** MB. */
  resident: number;
}

async function startOnce(folder: string, { settleMs, idleMs }: typeof FULL): Promise<StartResult> {
  const discord = await startMeasuringDiscord();
  const token = tokenOf(OURS);
  const events = Promise.all([discord.ready(token), discord.complete(token)]);
  const began = monotonicMs();
  const env = { CONCIERGE_NOW: NOW.toString() };
  const running = startBot(OURS, { apiUrl: discord.apiUrl, folder, env });
  const pid = running.child.pid ?? 0;
  try {
    const isReady = waitUntilReady(running);
    const [ready] = await events;
    await discord.ask({ bot: token, question: SIMPLE_QUESTION, rate: 1, count: 1, after: 0 });
    const answered = monotonicMs() - began;
    await isReady;
    await delay(settleMs);
    const cpu = cpuSeconds(pid);
    await delay(idleMs);
    const hour = ((cpuSeconds(pid) - cpu) * HOUR_MS) / idleMs;
    return { ready: ready - began, answered, cpu, hour, resident: residentMB(pid) };
  } finally {
    await running.kill();
    await discord.stop();
  }
}

interface QueueTimes {
  /** Microseconds. */
  find: number;
  put: number;
}

/** Finds the next due entry and puts it back behind all others, in turns over all sizes. */
async function measureQueue(files: ReadonlyMap<number, string>, { rounds, polls }: typeof FULL) {
  const opened = [...files].map(([count, file]) => ({ count, ...openQueue(file) }));
  const queueTimes = new Map<number, QueueTimes[]>(opened.map(({ count }) => [count, []]));
  const none = new Set<string>();
  let later = NOW.add(SPREAD).add({ hours: 1_000 });
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { count, queue } of opened) {
        const findTimes: number[] = [];
        const putTimes: number[] = [];
        for (let poll = 0; poll < polls; poll += 1) {
          const before = performance.now();
          const [entry] = await queue.claim(later, none, 1);
          const found = performance.now();
          if (!entry) throw new Error('The queue is empty.');
          later = later.add({ seconds: 1 });
          const { entryId, ownerId } = entry;
          await queue.enqueue({ entryId, ownerId, at: later, release: 'bench', fingerprint: 'bench' });
          findTimes.push((found - before) * 1000);
          putTimes.push((performance.now() - found) * 1000);
        }
        queueTimes.get(count)?.push({ find: median(findTimes), put: median(putTimes) });
      }
    }
  } finally {
    for (const { close } of opened) close();
  }
  return queueTimes;
}
