import { expect, test } from 'vitest';
import { createReconnectDelay } from '../../src/discord/reconnect-delay.ts';
import { createLogLimit } from '../../src/lib/log-limit.ts';

test('the delays between connections that fail double up to a minute', () => {
  const attempts = createReconnectDelay(
    () => 0,
    () => 1,
  );
  const delays = Array.from({ length: 11 }, () => attempts.next() / 1_000);
  expect(delays).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('a connection that lasted for a minute begins the delays anew, a shorter one does not', () => {
  let now = 0;
  const attempts = createReconnectDelay(
    () => now,
    () => 1,
  );
  const dropAfter = (ms: number) => {
    attempts.connected();
    now += ms;
    return attempts.next();
  };
  attempts.next();
  expect([dropAfter(10), dropAfter(10), dropAfter(59_000), dropAfter(10)]).toEqual([0, 1_000, 2_000, 4_000]);
  expect([dropAfter(60_000), dropAfter(10), dropAfter(10)]).toEqual([0, 0, 1_000]);
});

test('shards that fail together do not come back together', () => {
  const delaysOf = (jitter: number) => {
    const attempts = createReconnectDelay(
      () => 0,
      () => jitter,
    );
    return Array.from({ length: 9 }, () => attempts.next()).at(-1);
  };
  expect([delaysOf(0), delaysOf(0.5), delaysOf(1)]).toEqual([45_000, 52_500, 60_000]);
});

test('a line that repeats is logged once a minute', () => {
  let now = 0;
  const isLogged = createLogLimit(() => now);
  const logged: number[] = [];
  for (; now < 180_000; now += 500) if (isLogged()) logged.push(now);
  expect(logged).toEqual([0, 60_000, 120_000]);
});
