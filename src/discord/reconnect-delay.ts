/** How long a shard waits before it connects again. */
export interface ReconnectDelay {
  /** To be called when the shard is connected. */
  connected(): void;
  /** Returns the delay before the next attempt, in milliseconds. */
  next(): number;
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;
/** A connection that lasted this long counts as a success. */
const STABLE_MS = 60_000;
/** The first connection, and one attempt after a connection that was closed soon, do not wait. */
const WITHOUT_DELAY = 2;

/**
 * Creates the delays of one shard: they double up to a minute, with jitter. discord.js itself tries twice a second without end;
 * each identify counts for Discord's limit of 1,000 a day. `now` is a monotonic clock.
 */
export function createReconnectDelay(
  now: () => number = () => performance.now(),
  random: () => number = Math.random,
): ReconnectDelay {
  let attempts = 0;
  let connectedAt: number | undefined;
  return {
    connected() {
      connectedAt = now();
    },
    next() {
      if (connectedAt !== undefined && now() - connectedAt >= STABLE_MS) attempts = 0;
      connectedAt = undefined;
      attempts += 1;
      if (attempts <= WITHOUT_DELAY) return 0;
      const doubled = Math.min(FIRST_DELAY_MS * 2 ** (attempts - WITHOUT_DELAY - 1), MAX_DELAY_MS);
      return doubled * (0.75 + random() / 4);
    },
  };
}
