import { setImmediate as macrotask } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startWorker } from '../../src/delivery/worker.ts';
import { createChangeListeners, type DueEntry, type DueQueue } from '../../src/store/due-queue.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { at, rightClock, silent, type TestClock, testClock } from './support.ts';

const START = '2024-06-07T09:00:00Z';
const later = (seconds: number) => at(START).add({ seconds });

/** A queue in memory. */
function listQueue(clock: TestClock, shared = false) {
  const entries = new Map<string, Temporal.Instant>();
  const sorted = (away: ReadonlySet<string>) =>
    [...entries].filter(([id]) => !away.has(id)).sort(([, a], [, b]) => Temporal.Instant.compare(a, b));
  const state: { broken?: Error; looks: number; done: string[] } = { looks: 0, done: [] };
  const check = () => {
    state.looks += 1;
    if (state.broken) throw state.broken;
  };
  const { onChange, notify } = createChangeListeners();
  const queue = {
    shared,
    onChange,
    enqueue: async ({ entryId, at: when }) => void (when && entries.set(entryId, when)),
    remove: async (id) => void entries.delete(id),
    async claim(now, away, limit) {
      check();
      const due = sorted(away).filter(([, when]) => Temporal.Instant.compare(when, now) <= 0);
      return due.slice(0, limit).map(([entryId, when]) => ({ entryId, ownerId: 'g', at: when }));
    },
    async nextAt(away) {
      return sorted(away)[0]?.[1] ?? null;
    },
    release: async (id) => void state.done.push(`${id} ${clock.now().since(START).total('seconds')}`),
    backlog: async () => entries.size,
    refresh: async () => {},
    releases: async () => [],
    async *entries() {},
  } satisfies DueQueue;
  /** As another process does: this one is not told. */
  const addElsewhere = (entryId: string, seconds: number) => entries.set(entryId, later(seconds));
  const add = (entryId: string, seconds: number) => {
    addElsewhere(entryId, seconds);
    notify();
  };
  return { queue, add, addElsewhere, notify, state, clock };
}

/** Lets what the clock woke come as far as it can. */
async function turns(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await macrotask();
}

/** A running worker that writes down what it is handed; `work` is what it does with it. */
function running(
  work: (entry: DueEntry) => Promise<void> = async () => {},
  { shared = false, waiting = () => 0 }: { shared?: boolean; waiting?: () => number } = {},
) {
  const clock = testClock(START);
  const { queue, ...list } = listQueue(clock, shared);
  const handed: string[] = [];
  const worker = startWorker({
    queue,
    clock,
    clockCheck: rightClock,
    log: silent,
    waiting,
    process: async (entry) => {
      handed.push(`${entry.entryId} ${clock.now().since(START).total('seconds')}`);
      await work(entry);
      await queue.remove(entry.entryId);
    },
  });
  onTestFinished(() => void worker.stop());
  return { ...list, handed, worker };
}

test('the worker sleeps until an entry is due and processes it then', async () => {
  const { clock, add, handed, worker } = running();
  add('b', 20);
  add('a', 10);
  await worker.whenIdle();
  expect(handed).toEqual([]);
  clock.set(later(10));
  await turns();
  clock.set(later(25));
  await turns();
  expect(handed).toEqual(['a 10', 'b 25']);
});

test('a change of the queue wakes the worker for an earlier entry', async () => {
  const { clock, add, handed, worker } = running();
  add('far', 1000);
  await worker.whenIdle();
  add('near', 5);
  await worker.whenIdle();
  clock.set(later(5));
  await turns();
  expect(handed).toEqual(['near 5']);
});

test('an entry that never finishes does not delay others and is not processed twice', async () => {
  const { clock, add, handed } = running(({ entryId }) =>
    entryId === 'hanging' ? new Promise(() => {}) : Promise.resolve(),
  );
  add('hanging', 0);
  add('other', 0);
  add('next', 60);
  await turns();
  clock.set(later(60));
  await turns();
  expect(handed).toEqual(['hanging 0', 'other 0', 'next 60']);
});

test('the worker is idle only when nothing is being processed', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { add, worker } = running(() => promise);
  add('a', 0);
  let isIdle = false;
  const waiting = worker.whenIdle().then(() => {
    isIdle = true;
  });
  await turns();
  expect(isIdle).toBe(false);
  resolve();
  await waiting;
});

test('a stopped worker finishes its entries and claims no more', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, add, handed, worker } = running(() => promise);
  add('a', 0);
  add('b', 10);
  await turns();
  let stopped = false;
  const stopping = worker.stop().then(() => {
    stopped = true;
  });
  clock.set(later(20));
  await turns();
  expect(stopped).toBe(false);
  resolve();
  await stopping;
  expect(handed).toEqual(['a 0']);
});

test('an entry whose processing throws rests for a minute and is retried', async () => {
  let fails = true;
  const { clock, add, handed, worker } = running(async ({ entryId }) => {
    if (entryId === 'broken' && fails) throw new Error('a bug');
  });
  add('broken', 0);
  add('other', 30);
  await worker.whenIdle();
  clock.set(later(30));
  await turns();
  fails = false;
  clock.set(later(60));
  await turns();
  await turns();
  expect(handed).toEqual(['broken 0', 'other 30', 'broken 60']);
});

test('a queue that cannot be read is polled again after a minute', async () => {
  const { clock, add, state, handed, worker } = running();
  await worker.whenIdle();
  state.broken = new Error('the disk is gone');
  add('a', 5);
  await worker.whenIdle();
  clock.set(later(10));
  await turns();
  delete state.broken;
  clock.set(later(60));
  await turns();
  await worker.whenIdle();
  expect(handed).toEqual(['a 60']);
});

test('the worker processes a thousand entries at a time', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { add, handed, worker } = running(() => promise);
  for (let number = 0; number < 1500; number += 1) add(`c${number}`, 0);
  await turns();
  expect(handed).toHaveLength(1000);
  resolve();
  await worker.whenIdle();
  expect(new Set(handed).size).toBe(1500);
});

test('a resting entry stays claimed', async () => {
  const { clock, add, state, worker } = running(async () => {
    throw new Error('a bug');
  });
  add('a', 0);
  await worker.whenIdle();
  clock.set(later(59));
  await turns();
  expect(state.done).toEqual([]);
  clock.set(later(60));
  await turns();
  expect(state.done).toEqual(['a 60']);
});

test('the worker polls again five seconds after an outage of the store, and not earlier', async () => {
  let away = true;
  const { clock, add, notify, state, handed, worker } = running(async () => {
    if (away) throw new StoreUnavailable('no answer');
  });
  add('a', 0);
  await worker.whenIdle();
  state.broken = new StoreUnavailable('no answer');
  notify();
  await turns();
  const looks = state.looks;
  for (let changes = 0; changes < 5; changes += 1) {
    notify();
    await turns();
  }
  expect(state.looks).toBe(looks);
  delete state.broken;
  away = false;
  clock.set(later(5));
  await turns();
  await worker.whenIdle();
  expect(handed).toEqual(['a 0', 'a 5']);
});

describe('a worker on a shared queue', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => vi.useRealTimers());

  test('finds entries of other processes within a second', async () => {
    const { addElsewhere, handed, worker } = running(undefined, { shared: true });
    await worker.whenIdle();
    addElsewhere('theirs', 0);
    await turns();
    expect(handed).toEqual([]);
    vi.advanceTimersByTime(1_000);
    await turns();
    expect(handed).toEqual(['theirs 0']);
  });

  test('sleeps while due entries are claimed by other processes', async () => {
    const { queue, clock } = listQueue(testClock(START), true);
    let looks = 0;
    const theirs: DueQueue = {
      ...queue,
      async claim() {
        looks += 1;
        return [];
      },
      nextAt: async () => clock.now(),
    };
    const parts = {
      queue: theirs,
      clock,
      clockCheck: rightClock,
      process: async () => {},
      waiting: () => 0,
      log: silent,
    };
    const worker = startWorker(parts);
    onTestFinished(() => worker.stop());
    for (let seconds = 0; seconds < 3; seconds += 1) {
      await turns();
      vi.advanceTimersByTime(1_000);
    }
    await turns();
    expect(looks).toBe(4);
  });

  test('claims about as much as it can send in a second', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let waiting = 26;
    const { add, notify, handed, worker } = running(() => promise, { shared: true, waiting: () => waiting });
    for (let number = 0; number < 200; number += 1) add(`c${number}`, 0);
    await turns();
    expect(handed).toEqual([]);
    for (const [still, taken] of [
      [25, 25],
      [0, 75],
      [50, 75],
    ] as const) {
      waiting = still;
      notify();
      await turns();
      expect(handed).toHaveLength(taken);
    }
    resolve();
    waiting = 0;
    await worker.whenIdle();
    expect(new Set(handed).size).toBe(200);
  });
});
