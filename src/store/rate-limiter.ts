import { REAL_TIME, type RealTime } from '../lib/real-time.ts';

/**
 * Returns a function that resolves when its caller has a rate-limit slot, in the order of the calls. The slots are evenly
 * spaced: with fixed windows, two bursts could meet. Uses real time, as the limit is Discord's. Docs: "Rate Limits".
 */
export function createRateLimiter(
  perSecond: number,
  { now, sleep }: Pick<RealTime, 'now' | 'sleep'> = REAL_TIME,
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
