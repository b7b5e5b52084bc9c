import { setTimeout as delay } from 'node:timers/promises';

/**
 * Resolves for each caller in turn, at most so often a second: one after the other at even distances, since fixed windows
 * would let two bursts meet. Docs: "Rate Limits". Real time: the limit is Discord's.
 */
export function evenPace(perSecond: number): () => Promise<void> {
  const step = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + step;
    if (at > now) await delay(at - now);
  };
}
