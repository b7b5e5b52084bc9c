import { setTimeout as delay, setImmediate as macrotask } from 'node:timers/promises';
import type { BotRunner } from './bot-runner.ts';
import type { Counters } from './counters.ts';
import type { Gateway } from './gateway/gateway.ts';

/** What must be idle. */
export interface IdleSources {
  readonly gateway: Gateway;
  readonly counters: Counters;
  /** The API requests that have not been answered yet. */
  readonly inFlight: { readonly requests: number };
  readonly bot: Pick<BotRunner, 'whenIdle'>;
}

/**
 * Resolves when the bot has read all events, has nothing to do, and has no request in flight. Requests made meanwhile may
 * have caused further work, so it checks again until there are none.
 */
export async function waitUntilIdle({ gateway, counters, inFlight, bot }: IdleSources): Promise<void> {
  for (let before = -1; before !== countRequests(counters); ) {
    before = countRequests(counters);
    await macrotask();
    await gateway.flush();
    await macrotask();
    await bot.whenIdle();
    while (inFlight.requests > 0) await delay(1);
  }
}

const countRequests = ({ requests }: Counters) =>
  Object.values(requests).reduce((sum, count) => sum + count, 0);
