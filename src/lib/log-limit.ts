/** Returns a function that returns true at most once a minute, for log lines that would repeat. `now` is a monotonic clock. */
export const createLogLimit = (now?: () => number) => createLimit(60_000, now);

/** Returns a function that returns true at most once in so many milliseconds. `now` is a monotonic clock. */
export function createLimit(everyMs: number, now: () => number = () => performance.now()): () => boolean {
  let next = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    if (at < next) return false;
    next = at + everyMs;
    return true;
  };
}
