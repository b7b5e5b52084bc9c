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

/** The attempt after which the delay is two to four minutes: so often an outage is probed. */
export const PROBE_ATTEMPT = 8;

/** Returns how many attempts the shortest back-off allows within that time; the first is at its beginning. */
export function attemptsAfter(elapsed: Temporal.Duration): number {
  let attempts = 1;
  let left = elapsed.total('milliseconds');
  while (attempts < MAX_ATTEMPTS) {
    left -= retryDelay(attempts, 0).total('milliseconds');
    if (left < 0) break;
    attempts += 1;
  }
  return attempts;
}
