/** A post is tried at most this often: with the delays between, for about a week, which is as long as a post is useful. */
export const MAX_ATTEMPTS = 60;

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 4 * 60 * 60 * 1000;

/**
 * Returns the delay before the next attempt: doubling from two seconds up to four hours, spread by `random` (0 up to 1) over
 * the upper half, so that what failed together is not tried together.
 */
export function retryDelay(attempt: number, random: number): Temporal.Duration {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Temporal.Duration.from({ milliseconds: Math.round(delay / 2 + (delay / 2) * random) });
}
