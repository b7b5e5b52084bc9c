import type { Clock } from '../lib/clock.ts';

/** Checks one part of the bot. Returns what is wrong with it, for an operator, or undefined. */
export type Check = () => Promise<string | undefined>;

/** The worker reads the queue as soon as something is due. If it has not for so long, it hangs. */
const STUCK_AFTER = Temporal.Duration.from({ minutes: 2 });

/** Returns a check whether the store answers. The log says why it does not. */
export function createStoreCheck(store: { reachable(): Promise<void> }): Check {
  return () =>
    store.reachable().then(
      () => undefined,
      () => 'the database does not answer',
    );
}

/** Returns a check whether Discord's gateway is connected, with all shards of this process. */
export function createGatewayCheck(gateway: { isReady(): boolean }): Check {
  return async () => (gateway.isReady() ? undefined : 'the gateway is not connected');
}

/** What tells whether the queue moves: when something is due next, and when the worker last read the queue. */
export interface QueueCheckOptions {
  queue: { nextAt(claimed: ReadonlySet<string>): Promise<Temporal.Instant | null> };
  worker: { lastPolledAt(): Temporal.Instant };
  clock: Clock;
}

/**
 * Returns a check whether what is due is processed. A worker with nothing to do may sleep for days, so its last poll counts only
 * if something has been due for as long.
 */
export function createQueueCheck({ queue, worker, clock }: QueueCheckOptions): Check {
  return async () => {
    const stuckBefore = clock.now().subtract(STUCK_AFTER);
    const isStuck = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, stuckBefore) < 0;
    if (!isStuck(worker.lastPolledAt())) return undefined;
    const due = await queue.nextAt(new Set());
    return due && isStuck(due) ? 'nothing that is due is being processed' : undefined;
  };
}
