import { setTimeout as delay, setImmediate as macrotask } from 'node:timers/promises';
import type { Counters } from './counters.ts';
import type { Gateway } from './gateway/gateway.ts';

/** What must be at rest for the world to be quiet. */
export interface IdleSources {
  readonly gateway: Gateway;
  readonly counters: Counters;
  /** Requests of the bot that are being worked on. */
  readonly inHand: { readonly requests: number };
  /** Resolves when the bot has nothing in hand; a bot in another process cannot be asked. */
  readonly quiet: () => Promise<void> | undefined;
}

/**
 * Resolves when the bot has read all that it was told, has nothing in hand, and no request of its is open; if it made
 * requests meanwhile, they may have led to more, so it looks again.
 */
export async function waitUntilIdle({ gateway, counters, inHand, quiet }: IdleSources): Promise<void> {
  for (let before = -1; before !== total(counters); ) {
    before = total(counters);
    await macrotask();
    await gateway.flush();
    await macrotask();
    await quiet();
    while (inHand.requests > 0) await delay(1);
  }
}

const total = ({ requests }: Counters) => Object.values(requests).reduce((sum, one) => sum + one, 0);
