import { setImmediate as macrotask } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { DueEntry, DueQueue } from '../../src/delivery/due-queue.ts';
import { startRunner } from '../../src/delivery/runner.ts';
import { at, silent, type TestClock, testClock } from './support.ts';

const START = '2024-06-07T09:00:00Z';
const later = (seconds: number) => at(START).add({ seconds });

/** A queue in memory. */
function listQueue(clock: TestClock) {
  const entries = new Map<string, Temporal.Instant>();
  const sorted = (away: ReadonlySet<string>) =>
    [...entries].filter(([id]) => !away.has(id)).sort(([, a], [, b]) => Temporal.Instant.compare(a, b));
  const state = { broken: false };
  const check = () => {
    if (state.broken) throw new Error('the disk is gone');
  };
  const queue = {
    put: async ({ countdownId, at: when }) => void (when && entries.set(countdownId, when)),
    remove: async (id) => void entries.delete(id),
    async due(now, away, most) {
      check();
      const due = sorted(away).filter(([, when]) => Temporal.Instant.compare(when, now) <= 0);
      return due.slice(0, most).map(([countdownId, when]) => ({ countdownId, guildId: 'g', at: when }));
    },
    async nextAt(away) {
      check();
      return sorted(away)[0]?.[1] ?? null;
    },
    refresh: async () => {},
    releases: async () => [],
  } satisfies DueQueue;
  const add = (countdownId: string, seconds: number) => entries.set(countdownId, later(seconds));
  return { queue, add, state, clock };
}

/** Lets what the clock woke come as far as it can. */
async function turns(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await macrotask();
}

/** A running runner that writes down what it is handed; `work` is what it does with it. */
function running(work: (entry: DueEntry) => Promise<void> = async () => {}) {
  const clock = testClock(START);
  const { queue, add, state } = listQueue(clock);
  const handed: string[] = [];
  const runner = startRunner({
    queue,
    clock,
    log: silent,
    deliver: async (entry) => {
      handed.push(`${entry.countdownId} ${clock.now().since(START).total('seconds')}`);
      await work(entry);
      await queue.remove(entry.countdownId);
    },
  });
  onTestFinished(() => void runner.stop());
  return { clock, add, state, handed, runner };
}

test('it sleeps until something is due, and hands it out then', async () => {
  const { clock, add, handed, runner } = running();
  add('b', 20);
  add('a', 10);
  runner.ring();
  await runner.quiet();
  expect(handed).toEqual([]);
  clock.set(later(10));
  await turns();
  clock.set(later(25));
  await turns();
  expect(handed).toEqual(['a 10', 'b 25']);
});

test('rung, it takes what has come before that for which it sleeps', async () => {
  const { clock, add, handed, runner } = running();
  add('far', 1000);
  runner.ring();
  await runner.quiet();
  add('near', 5);
  runner.ring();
  await runner.quiet();
  clock.set(later(5));
  await turns();
  expect(handed).toEqual(['near 5']);
});

test('one that never ends delays no other, and is not handed out twice', async () => {
  const { clock, add, handed, runner } = running(({ countdownId }) =>
    countdownId === 'hanging' ? new Promise(() => {}) : Promise.resolve(),
  );
  add('hanging', 0);
  add('other', 0);
  add('next', 60);
  runner.ring();
  await turns();
  clock.set(later(60));
  await turns();
  expect(handed).toEqual(['hanging 0', 'other 0', 'next 60']);
});

test('it is quiet only once nothing is in hand', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { add, runner } = running(() => promise);
  add('a', 0);
  runner.ring();
  let quiet = false;
  const waiting = runner.quiet().then(() => {
    quiet = true;
  });
  await turns();
  expect(quiet).toBe(false);
  resolve();
  await waiting;
});

test('stopped, it finishes what is in hand and takes nothing more', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, add, handed, runner } = running(() => promise);
  add('a', 0);
  add('b', 10);
  runner.ring();
  await turns();
  let stopped = false;
  const stopping = runner.stop().then(() => {
    stopped = true;
  });
  clock.set(later(20));
  await turns();
  expect(stopped).toBe(false);
  resolve();
  await stopping;
  expect(handed).toEqual(['a 0']);
});

test('what throws rests for a minute while the others go on, and is tried again', async () => {
  let fails = true;
  const { clock, add, handed, runner } = running(async ({ countdownId }) => {
    if (countdownId === 'broken' && fails) throw new Error('a bug');
  });
  add('broken', 0);
  add('other', 30);
  runner.ring();
  await runner.quiet();
  clock.set(later(30));
  await turns();
  fails = false;
  clock.set(later(60));
  await turns();
  await turns();
  expect(handed).toEqual(['broken 0', 'other 30', 'broken 60']);
});

test('a queue that cannot be read is read again a minute later, and nothing is lost', async () => {
  const { clock, add, state, handed, runner } = running();
  await runner.quiet();
  state.broken = true;
  add('a', 5);
  runner.ring();
  await runner.quiet();
  clock.set(later(10));
  await turns();
  state.broken = false;
  clock.set(later(60));
  await turns();
  await runner.quiet();
  expect(handed).toEqual(['a 60']);
});

test('many due at once are all handed out, a thousand at a time', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { add, handed, runner } = running(() => promise);
  for (let number = 0; number < 1500; number += 1) add(`c${number}`, 0);
  runner.ring();
  await turns();
  expect(handed).toHaveLength(1000);
  resolve();
  await runner.quiet();
  expect(new Set(handed).size).toBe(1500);
});
