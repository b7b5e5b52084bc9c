/**
 * The largest allowed difference between a request's timestamp and now. Discord waits three seconds for a response; the rest
 * allows for a machine whose clock is slightly wrong.
 */
const WINDOW = Temporal.Duration.from({ seconds: 30 });

/** Detects replays: requests that were recorded and are sent again. */
export interface ReplayGuard {
  /** Returns whether a timestamp, in seconds since 1970, lies within the window around now. */
  isRecent(timestamp: string): boolean;
  /** Returns whether this key is seen for the first time. A key is kept for longer than its timestamp stays recent. */
  isFirst(key: string): boolean;
}

/** Creates a guard without keys. `now` must be the real time: the timestamps are Discord's. */
export function createReplayGuard(now: () => Temporal.Instant): ReplayGuard {
  const window = WINDOW.total('milliseconds');
  // A timestamp may be as far in the future as in the past.
  const keep = 2 * window;
  // Two generations: the older set is dropped as a whole, without a timer for each key.
  let current = new Set<string>();
  let previous = new Set<string>();
  let rotateAt = now().epochMilliseconds + keep;
  return {
    isRecent(timestamp) {
      const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
      return Math.abs(now().epochMilliseconds - at) <= window;
    },
    isFirst(key) {
      const at = now().epochMilliseconds;
      if (at >= rotateAt) {
        previous = at < rotateAt + keep ? current : new Set();
        current = new Set();
        rotateAt = at + keep;
      }
      if (current.has(key) || previous.has(key)) return false;
      current.add(key);
      return true;
    },
  };
}
