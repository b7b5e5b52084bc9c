import { setTimeout as delay } from 'node:timers/promises';

/**
 * Resolves for each caller in turn, at most so often a second: one after the other at even distances, since fixed windows
 * would let two bursts meet. Docs: "Rate Limits". Real time: the limit is Discord's.
 */
export function evenPace(perSecond: number): () => Promise<void> {
  const step = 1000 / perSecond;
  let turn: Promise<number> = Promise.resolve(Number.NEGATIVE_INFINITY);
  return async () => {
    turn = turn.then(async (due) => {
      const left = due - performance.now();
      if (left > 0) await delay(left);
      // A timer that is a little late does not put off those after it; but what a longer delay has held up is not made up for,
      // which would be a burst.
      const now = performance.now();
      return now - due < step ? due + step : now + step;
    });
    await turn;
  };
}
