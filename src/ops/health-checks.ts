import type { Clock } from '../lib/clock.ts';

/** Checks one part of the bot. Returns a sentence for operators if something is wrong, otherwise undefined. */
export type Check = () => Promise<string | undefined>;

/** The worker polls as soon as an entry is due. If it has not for this long, it hangs. */
const STUCK_AFTER = Temporal.Duration.from({ minutes: 2 });

/** Returns a check whether the store can be written. The reason of a failure is in the log, not in the result. */
export function createStoreCheck(store: { reachable(): Promise<void> }): Check {
  return () =>
    store.reachable().then(
      () => undefined,
      (error: unknown) =>
        // By its name: this folder does not know the store's.
        error instanceof Error && error.name === 'StoreNotWritable'
          ? 'the database cannot be written: is the disk full?'
          : 'the database does not answer',
    );
}

/** Returns a check whether Discord's gateway is connected, with all shards of this process. */
export function createGatewayCheck(gateway: { isReady(): boolean }): Check {
  return async () => (gateway.isReady() ? undefined : 'the gateway is not connected');
}

/** The sources of the queue check: the next due instant, and the worker's last poll. */
export interface QueueCheckOptions {
  queue: { nextAt(claimed: ReadonlySet<string>): Promise<Temporal.Instant | null> };
  worker: { lastPolledAt(): Temporal.Instant };
  clock: Clock;
}

/**
 * Returns a check whether due entries are being processed. An idle worker may sleep for days, so its last poll counts only if an
 * entry has been due for as long.
 */
export function createQueueCheck({ queue, worker, clock }: QueueCheckOptions): Check {
  return async () => {
    const stuckBefore = clock.now().subtract(STUCK_AFTER);
    const isStuck = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, stuckBefore) < 0;
    if (!isStuck(worker.lastPolledAt())) return undefined;
    const due = await queue.nextAt(new Set());
    return due && isStuck(due) ? 'due entries are not being processed' : undefined;
  };
}
