import { setTimeout as delay } from 'node:timers/promises';

/**
 * Of Discord's 50 requests a second this many are for posts; the rest is left for answers. One after the other at even
 * distances, since fixed windows would let two bursts meet. Docs: "Rate Limits". Real time: the limit is Discord's.
 */
const POSTS_PER_SECOND = 40;

/** Resolves for each caller in turn, at most so often a second. */
export function evenPace(perSecond = POSTS_PER_SECOND): () => Promise<void> {
  const step = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + step;
    if (at > now) await delay(at - now);
  };
}
