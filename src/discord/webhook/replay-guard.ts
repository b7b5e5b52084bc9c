/**
 * How far the time stamp of a signed request may be off. Discord waits three seconds for an answer, so an older request is
 * answered to nobody; the rest is for a machine whose clock is not quite right.
 */
const WINDOW = Temporal.Duration.from({ seconds: 30 });

/** Tells a request that comes for the first time from one that was recorded and is sent again. */
export interface ReplayGuard {
  /** Whether a time stamp, in seconds since 1970, lies within the window around now. */
  isRecent(timestamp: string): boolean;
  /** Whether a mark comes for the first time. It is remembered for longer than its time stamp stays recent. */
  isFirst(mark: string): boolean;
}

/** Needs the time as the rest of the world has it, not that of a clock which was set elsewhere. */
export function createReplayGuard(now: () => Temporal.Instant): ReplayGuard {
  const window = WINDOW.total('milliseconds');
  // A time stamp may lie as far ahead as behind.
  const keep = 2 * window;
  // Two sets in turn forget the old without a look at each mark.
  let marks = new Set<string>();
  let older = new Set<string>();
  let turnAt = now().epochMilliseconds + keep;
  return {
    isRecent(timestamp) {
      const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
      return Math.abs(now().epochMilliseconds - at) <= window;
    },
    isFirst(mark) {
      const at = now().epochMilliseconds;
      if (at >= turnAt) {
        older = at < turnAt + keep ? marks : new Set();
        marks = new Set();
        turnAt = at + keep;
      }
      if (marks.has(mark) || older.has(mark)) return false;
      marks.add(mark);
      return true;
    },
  };
}
