import { expect, test } from 'vitest';
import { createSandboxClock } from '../../sandbox/clock.ts';

const at = (text: string) => Temporal.Instant.from(text);

test('a running clock wakes sleepers by itself, and when turned, each at its own instant', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'));
  const seen: string[] = [];
  const sleep = async (text: string, then?: () => Promise<void>) => {
    await clock.sleepUntil(at(text));
    seen.push(`${text} ${clock.now()}`);
    await then?.();
  };
  const soon = clock.sleepUntil(clock.now().add({ milliseconds: 20 }));
  await soon;
  void sleep('2024-03-01T00:00:00Z');
  void sleep('2024-02-01T00:00:00Z', () => sleep('2024-02-01T00:00:01Z'));
  void sleep('2025-01-01T00:00:00Z');
  const settled: string[] = [];
  const settle = async () => {
    settled.push(String(clock.now()));
    await new Promise((resolve) => setTimeout(resolve, 3));
  };
  await clock.turn(at('2024-06-01T00:00:00Z'), settle);
  expect(seen).toEqual(
    ['2024-02-01T00:00:00Z', '2024-02-01T00:00:01Z', '2024-03-01T00:00:00Z'].map((text) => `${text} ${text}`),
  );
  expect(settled.slice(1)).toEqual([...seen.map((line) => line.slice(21)), '2024-06-01T00:00:00Z']);
  await expect(clock.turn(at('2024-01-01T00:00:00Z'), settle)).rejects.toThrow('only turns forward');
  clock.stop();
});

test('a manual clock moves and wakes sleepers only when it is turned', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'), 'manual');
  let woken = false;
  const sleep = clock.sleepUntil(at('2024-01-01T00:00:00.001Z')).then(() => {
    woken = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([String(clock.now()), woken]).toEqual(['2024-01-01T00:00:00Z', false]);
  await clock.turn(at('2024-01-01T00:00:01Z'), async () => {});
  await sleep;
  expect(String(clock.now())).toBe('2024-01-01T00:00:01Z');
});

test('a sleep of ten years does not end at once, but when it is aborted', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'));
  const giveUp = new AbortController();
  let woken = false;
  const sleep = clock.sleepUntil(at('2034-01-01T00:00:00Z'), giveUp.signal).then(() => {
    woken = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(woken).toBe(false);
  giveUp.abort();
  await sleep;
  clock.stop();
});
