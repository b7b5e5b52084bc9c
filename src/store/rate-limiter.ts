import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds. */
export interface RealTime {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}
const REAL_TIME: RealTime = { now: () => performance.now(), sleep: (ms) => delay(ms) };

/**
 * Resolves for each caller in turn, at most so often a second: one after the other at even distances, since fixed windows
 * would let two bursts meet. Docs: "Rate Limits". Real time: the limit is Discord's.
 */
export function createRateLimiter(
  perSecond: number,
  { now, sleep }: RealTime = REAL_TIME,
): () => Promise<void> {
  const step = 1000 / perSecond;
  let turn: Promise<number> = Promise.resolve(Number.NEGATIVE_INFINITY);
  return async () => {
    turn = turn.then(async (due) => {
      const left = due - now();
      if (left > 0) await sleep(left);
      // A timer that is a little late does not put off those after it; but what a longer delay has held up is not made up for,
      // which would be a burst.
      const at = now();
      return at - due < step ? due + step : at + step;
    });
    await turn;
  };
}
