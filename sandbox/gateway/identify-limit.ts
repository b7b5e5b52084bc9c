/** How long a window of the limit is, in milliseconds of real time. */
export const IDENTIFY_WINDOW_MS = 5_000;

/** Limits how many shards may identify at once (documentation: events/gateway, "Max Concurrency"). */
export interface IdentifyLimit {
  /** Counts that a shard identifies, and returns whether it may. Each remainder by `maxConcurrency` counts by itself. */
  acquire(shard: number, maxConcurrency: number): boolean;
}

/** What the limit works with. */
interface IdentifyLimitOptions {
  /** Returns how many may identify in a window with the same remainder; undefined switches the limit off. */
  readonly getLimit: () => number | undefined;
  readonly windowMs: number;
  /** Returns real time in milliseconds. */
  readonly nowMs: () => number;
}

/** Creates the limit, with windows that start with their first IDENTIFY. */
export function createIdentifyLimit({ getLimit, windowMs, nowMs }: IdentifyLimitOptions): IdentifyLimit {
  const windows = new Map<number, { used: number; endsAt: number }>();
  return {
    acquire(shard, maxConcurrency) {
      const key = shard % maxConcurrency;
      const now = nowMs();
      const open = windows.get(key);
      const window = open && open.endsAt > now ? open : { used: 0, endsAt: now + windowMs };
      windows.set(key, window);
      window.used++;
      return window.used <= (getLimit() ?? Number.POSITIVE_INFINITY);
    },
  };
}
