import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createWarmUps } from '../../src/app/warm-up.ts';
import { silent } from '../delivery/support.ts';

/** Warm-ups that never end by themselves, and how many of them run. */
function counted() {
  let started = 0;
  let running = 0;
  const questions = {
    async prepare(yieldTurn: () => Promise<unknown>) {
      started += 1;
      running += 1;
      try {
        for (;;) await yieldTurn();
      } finally {
        running -= 1;
      }
    },
  };
  return { questions, started: () => started, running: () => running };
}

test('of sixty reloads in a row one warm-up runs: each cancels the one before', async () => {
  const { questions, started, running } = counted();
  const warmUps = createWarmUps(silent, 1);
  for (let reload = 0; reload < 60; reload += 1) {
    warmUps.start(questions);
    // Half of them have begun when the next save comes.
    if (reload % 2) await expect.poll(started, { interval: 2 }).toBe((reload + 1) / 2);
    expect(running()).toBeLessThanOrEqual(1);
  }
  expect(started()).toBe(30);
  warmUps.stop();
  await expect.poll(running).toBe(0);
});

test('reloads in quick succession begin no warm-up but the last', async () => {
  const { questions, started, running } = counted();
  const warmUps = createWarmUps(silent, 20);
  for (let reload = 0; reload < 60; reload += 1) warmUps.start(questions);
  await expect.poll(running).toBe(1);
  await delay(50);
  expect([started(), running()]).toEqual([1, 1]);
  warmUps.stop();
  await expect.poll(running).toBe(0);
});
