import { setTimeout as delay } from 'node:timers/promises';

/** Time that nobody sets: limits and waits that are not about dates. The simulation passes one of its own. */
export interface RealTime {
  /** Milliseconds since an unknown moment. It may stand still while the machine is suspended. */
  now(): number;
  /** Resolves after that time; rejects as soon as the signal aborts. Without `ref` it does not keep the process alive. */
  sleep(ms: number, options?: { signal?: AbortSignal; ref?: boolean }): Promise<unknown>;
  /** Calls `work` again and again. Returns a function that stops it. */
  every(ms: number, work: () => void): () => void;
}

/** The machine's own. */
export const REAL_TIME: RealTime = {
  now: () => performance.now(),
  sleep: (ms, options) => delay(ms, undefined, options),
  every(ms, work) {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
};
