import type { Logger } from 'pino';

/** Work that nobody waits for at its place: a failure is logged, and a stop can wait for its end. */
export interface TaskTracker {
  track(failure: string, work: Promise<void>): void;
  /** Resolves when what is in hand now is finished. */
  finished(): Promise<void>;
  /** Resolves when nothing is in hand. */
  whenIdle(): Promise<void>;
}

export function createTaskTracker(log: Logger): TaskTracker {
  const works = new Set<Promise<void>>();
  const finished = async () => {
    await Promise.all(works);
  };
  return {
    track(failure, work) {
      const tracked = work.catch((error: unknown) => log.error({ err: error }, failure));
      works.add(tracked);
      void tracked.then(() => works.delete(tracked));
    },
    finished,
    async whenIdle() {
      while (works.size > 0) await finished();
    },
  };
}
