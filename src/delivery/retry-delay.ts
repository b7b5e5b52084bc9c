/** A post is tried this often: with the pauses between, for about a week, which is as long as a post stays useful. */
export const MAX_ATTEMPTS = 60;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 4 * 60 * 60 * 1000;

/**
 * The pause before the next attempt: doubling from two seconds up to four hours, spread by `random` (0 up to 1) over the
 * upper half, so that what failed together is not tried together.
 */
export function retryDelay(attempt: number, random: number): Temporal.Duration {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return Temporal.Duration.from({ milliseconds: Math.round(pause / 2 + (pause / 2) * random) });
}
