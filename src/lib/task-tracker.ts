import type { Logger } from 'pino';

/** Tracks background tasks: logs their failures, and lets a shutdown wait for them. */
export interface TaskTracker {
  /** Logs `failure` if the task rejects. */
  track(failure: string, task: Promise<unknown>): void;
  /** Resolves when the tasks that are running now are finished. */
  finished(): Promise<void>;
  /** Resolves when no task is running. */
  whenIdle(): Promise<void>;
}

/** Creates a tracker without tasks. */
export function createTaskTracker(log: Logger): TaskTracker {
  const tasks = new Set<Promise<unknown>>();
  const finished = async () => {
    await Promise.all(tasks);
  };
  return {
    track(failure, task) {
      const tracked = task.catch((error: unknown) => log.error({ err: error }, failure));
      tasks.add(tracked);
      void tracked.then(() => tasks.delete(tracked));
    },
    finished,
    async whenIdle() {
      while (tasks.size > 0) await finished();
    },
  };
}
