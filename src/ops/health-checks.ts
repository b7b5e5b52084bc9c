import type { Clock } from '../lib/clock.ts';

/** Looks at one part of the bot: what is wrong with it, for an operator, or undefined where nothing is. */
export type Check = () => Promise<string | undefined>;

/** The runner reads the queue as soon as something is due. Where it has not for so long, it hangs. */
export const STUCK_AFTER = Temporal.Duration.from({ minutes: 2 });

/** Whether the store answers. Why it does not is in the log. */
export function createStoreCheck(store: { reachable(): Promise<void> }): Check {
  return () =>
    store.reachable().then(
      () => undefined,
      () => 'the database does not answer',
    );
}

/** Whether Discord's gateway is connected, with all shards of this process. */
export function createGatewayCheck(gateway: { isReady(): boolean }): Check {
  return async () => (gateway.isReady() ? undefined : 'the gateway is not connected');
}

/** What tells whether the queue moves: when something is due next, and when the runner last read the queue. */
export interface QueueCheckOptions {
  queue: { nextAt(inHand: ReadonlySet<string>): Promise<Temporal.Instant | null> };
  runner: { lastPolledAt(): Temporal.Instant };
  clock: Clock;
}

/**
 * Whether what is due is handed out. A runner with nothing to do may sleep for days, so it is held to its last look only
 * where something has been due for as long.
 */
export function createQueueCheck({ queue, runner, clock }: QueueCheckOptions): Check {
  return async () => {
    const stuckBefore = clock.now().subtract(STUCK_AFTER);
    const isStuck = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, stuckBefore) < 0;
    if (!isStuck(runner.lastPolledAt())) return undefined;
    const due = await queue.nextAt(new Set());
    return due && isStuck(due) ? 'nothing of what is due has been taken up' : undefined;
  };
}
