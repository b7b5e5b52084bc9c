import { setTimeout as delay } from 'node:timers/promises';

/** The timer of a rate limiter, in milliseconds. Tests replace it. */
export interface RealTime {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}
const REAL_TIME: RealTime = { now: () => performance.now(), sleep: (ms) => delay(ms) };

/**
 * Returns a function that resolves when its caller has a rate-limit slot, in the order of the calls. The slots are evenly
 * spaced: with fixed windows, two bursts could meet. Uses real time, as the limit is Discord's. Docs: "Rate Limits".
 */
export function createRateLimiter(
  perSecond: number,
  { now, sleep }: RealTime = REAL_TIME,
): () => Promise<void> {
  const step = 1000 / perSecond;
  let nextSlot: Promise<number> = Promise.resolve(Number.NEGATIVE_INFINITY);
  return async () => {
    nextSlot = nextSlot.then(async (due) => {
      const left = due - now();
      if (left > 0) await sleep(left);
      // A timer that is a little late does not delay the next slots. After a longer delay, catching up would be a burst.
      const at = now();
      return at - due < step ? due + step : at + step;
    });
    await nextSlot;
  };
}
