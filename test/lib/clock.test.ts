import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

const NOW = '2026-03-01T12:00:00Z';
const DAY_MS = 86_400_000;
const ms = (instant: Temporal.Instant) => instant.epochMilliseconds;

beforeEach(() => {
  vi.useFakeTimers({ now: ms(Temporal.Instant.from(NOW)), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  // Temporal reads the machine's clock itself: here it reads the one that vitest turns.
  vi.spyOn(Temporal.Now, 'instant').mockImplementation(() =>
    Temporal.Instant.fromEpochMilliseconds(Date.now()),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Whether a sleep is over, without waiting for it. */
function watched(sleep: Promise<void>) {
  const state = { over: false };
  void sleep.then(() => {
    state.over = true;
  });
  return state;
}

test('the system clock returns the machine’s time', () => {
  expect(systemClock().now().toString()).toBe(NOW);
});

test('a clock with a start instant starts there and runs on', async () => {
  const clock = systemClock(Temporal.Instant.from('2024-01-20T12:00:00Z'));
  expect(clock.now().toString()).toBe('2024-01-20T12:00:00Z');
  await vi.advanceTimersByTimeAsync(DAY_MS);
  expect(clock.now().toString()).toBe('2024-01-21T12:00:00Z');
});

test.each([undefined, '2024-01-20T12:00:00Z'])(
  'a sleep ends when its instant has come (start: %s)',
  async (start) => {
    const clock = systemClock(start === undefined ? undefined : Temporal.Instant.from(start));
    const sleep = watched(clock.sleepUntil(clock.now().add({ seconds: 90 })));
    await vi.advanceTimersByTimeAsync(89_999);
    expect(sleep.over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(sleep.over).toBe(true);
  },
);

test('a sleep of months does not end at once, as a timer of more than 24.8 days would', async () => {
  const clock = systemClock();
  const sleep = watched(clock.sleepUntil(clock.now().add({ hours: 24 * 60 })));
  await vi.advanceTimersByTimeAsync(1000);
  expect(sleep.over).toBe(false);
  await vi.advanceTimersByTimeAsync(60 * DAY_MS - 2000);
  expect(sleep.over).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sleep.over).toBe(true);
});

test('a sleep until a past instant ends at once', async () => {
  const clock = systemClock();
  const sleep = watched(clock.sleepUntil(clock.now().subtract({ seconds: 1 })));
  await vi.advanceTimersByTimeAsync(0);
  expect(sleep.over).toBe(true);
});

test('an aborted sleep ends and leaves no timer', async () => {
  const clock = systemClock();
  const stop = new AbortController();
  const sleep = watched(clock.sleepUntil(clock.now().add({ hours: 1 }), stop.signal));
  await vi.advanceTimersByTimeAsync(10);
  stop.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(sleep.over).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  await clock.sleepUntil(clock.now().add({ hours: 1 }), stop.signal);
});

test('a sleep ends within a minute after the machine’s clock is set forward', async () => {
  const clock = systemClock();
  const sleep = watched(clock.sleepUntil(clock.now().add({ hours: 5 })));
  await vi.advanceTimersByTimeAsync(1000);
  vi.setSystemTime(Date.now() + 6 * 3_600_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sleep.over).toBe(true);
});

test('a sleep goes on after the machine’s clock is set back', async () => {
  const clock = systemClock();
  const sleep = watched(clock.sleepUntil(clock.now().add({ minutes: 30 })));
  await vi.advanceTimersByTimeAsync(1000);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(sleep.over).toBe(false);
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(sleep.over).toBe(true);
});
