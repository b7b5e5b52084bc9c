/** The maximum number of attempts at a post: with the back-off, about a week, after which a post is no longer useful. */
export const MAX_ATTEMPTS = 60;

const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 4 * 60 * 60 * 1000;

/**
 * Returns the delay before the next attempt: exponential back-off from two seconds up to four hours. `random` (0 up to 1) is the
 * jitter over the upper half, so that posts that failed together are not retried together.
 */
export function retryDelay(attempt: number, random: number): Temporal.Duration {
  const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Temporal.Duration.from({ milliseconds: Math.round(delay / 2 + (delay / 2) * random) });
}
