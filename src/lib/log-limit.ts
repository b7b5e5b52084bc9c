const EVERY_MS = 60_000;

/** Returns a function that returns true at most once a minute, for log lines that would repeat. `now` is a monotonic clock. */
export function createLogLimit(now: () => number = () => performance.now()): () => boolean {
  let next = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    if (at < next) return false;
    next = at + EVERY_MS;
    return true;
  };
}
