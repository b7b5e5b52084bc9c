import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OURS, saysReady, startProcess, tokenOf } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { sharedClock, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { median } from './statistics.ts';
import { openQueue, storeCountdowns } from './stored.ts';
import { counted } from './table.ts';
import { cpuSeconds, residentMB } from './usage.ts';

const ORDERED = Temporal.Instant.from('2025-05-20T12:00:00Z');
/** An hour later, when nothing is due yet. */
const NOW = ORDERED.add({ hours: 1 });
/** The first is due ten days later, and the last after this time. */
const SPREAD = Temporal.Duration.from({ hours: 300 * 24 });
const COUNTDOWN = { release: 'Ballerina', timezone: 'America/New_York', time: '09:00', milestones: '7' };

const FULL = {
  counts: [1_000, 100_000, 1_000_000],
  rounds: 2,
  looks: 2_000,
  settleMs: 10_000,
  idleMs: 30_000,
};
const SHORT = { counts: [1_000, 100_000], rounds: 1, looks: 500, settleMs: 1_000, idleMs: 0 };
const FIND_AT_MOST = 1.5;
/** What does not grow may still be measured a little higher. */
const GROWTH_AT_MOST = 1.1;

const HOUR_MS = 3_600_000;

/** What a bot with many countdowns costs, and how soon it finds the next that is due. */
export async function schedule({ short, folder, say }: Harness): Promise<Row[]> {
  const size = short ? SHORT : FULL;
  const files = new Map<number, string>();
  for (const count of size.counts) {
    say(`schedule: ${count} countdowns are stored`);
    const home = join(folder, `schedule-${count}`);
    const order = { options: COUNTDOWN, now: ORDERED, count, spread: SPREAD, strangers: true } as const;
    files.set(count, await storeCountdowns(home, order));
  }
  const started = new Map<number, Started[]>(size.counts.map((count) => [count, []]));
  for (let round = 0; round < size.rounds; round += 1) {
    for (const count of size.counts) {
      say(`schedule: start ${round + 1} of ${size.rounds} with ${count}`);
      started.get(count)?.push(await startOnce(join(folder, `schedule-${count}`), size));
    }
  }
  const looked = await lookUp(files, size);

  const figures = <T>(of: ReadonlyMap<number, T[]>, value: (one: T) => number) =>
    Object.fromEntries([...of].map(([count, list]) => [counted(count), list.map(value)]));
  const target = (atMost: number) => ({
    of: counted(size.counts.at(-1) ?? 0),
    to: counted(size.counts[0] ?? 0),
    atMost,
  });
  return [
    {
      what: 'find the next that is due',
      unit: 'µs',
      figures: figures(looked, ({ find }) => find),
      target: target(FIND_AT_MOST),
    },
    { what: 'put it back for later', unit: 'µs', figures: figures(looked, ({ put }) => put) },
    {
      what: 'process start to READY',
      unit: 'ms',
      figures: figures(started, ({ ready }) => ready),
      target: target(GROWTH_AT_MOST),
    },
    {
      what: 'process start to the first answer',
      unit: 'ms',
      figures: figures(started, ({ answered }) => answered),
    },
    {
      what: `CPU time until ${size.settleMs / 1000} s after the start`,
      unit: 's',
      figures: figures(started, ({ cpu }) => cpu),
    },
    {
      what: 'idle',
      unit: 'MB',
      figures: figures(started, ({ resident }) => resident),
      target: target(GROWTH_AT_MOST),
    },
    ...(size.idleMs > 0
      ? [{ what: 'CPU time of an idle hour', unit: 's', figures: figures(started, ({ hour }) => hour) }]
      : []),
  ];
}

interface Started {
  /** Milliseconds from the start of the process. */
  ready: number;
  answered: number;
  /** Seconds. */
  cpu: number;
  hour: number;
  /** MB. */
  resident: number;
}

async function startOnce(folder: string, { settleMs, idleMs }: typeof FULL): Promise<Started> {
  const discord = await startMeasuringDiscord();
  const token = tokenOf(OURS);
  const events = Promise.all([discord.ready(token), discord.complete(token)]);
  const began = sharedClock();
  const env = { CONCIERGE_NOW: NOW.toString() };
  const running = startProcess(OURS, { apiUrl: discord.apiUrl, folder, env });
  const pid = running.child.pid ?? 0;
  try {
    const said = saysReady(running);
    const [ready] = await events;
    await discord.ask({ bot: token, question: SIMPLE_QUESTION, rate: 1, count: 1, after: 0 });
    const answered = sharedClock() - began;
    await said;
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

interface Looked {
  /** Microseconds. */
  find: number;
  put: number;
}

/** Finds the next countdown and puts it back behind all others, in turns over all sizes. */
async function lookUp(files: ReadonlyMap<number, string>, { rounds, looks }: typeof FULL) {
  const opened = [...files].map(([count, file]) => ({ count, ...openQueue(file) }));
  const looked = new Map<number, Looked[]>(opened.map(({ count }) => [count, []]));
  const none = new Set<string>();
  let later = NOW.add(SPREAD).add({ hours: 1_000 });
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { count, queue } of opened) {
        const finds: number[] = [];
        const puts: number[] = [];
        for (let look = 0; look < looks; look += 1) {
          const before = performance.now();
          const [entry] = await queue.claim(later, none, 1);
          const found = performance.now();
          if (!entry) throw new Error('The queue is empty.');
          later = later.add({ seconds: 1 });
          const { entryId, ownerId } = entry;
          await queue.enqueue({ entryId, ownerId, at: later, release: 'bench', fingerprint: 'bench' });
          finds.push((found - before) * 1000);
          puts.push((performance.now() - found) * 1000);
        }
        looked.get(count)?.push({ find: median(finds), put: median(puts) });
      }
    }
  } finally {
    for (const { close } of opened) close();
  }
  return looked;
}
