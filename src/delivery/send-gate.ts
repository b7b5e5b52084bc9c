import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../lib/clock.ts';
import { createConcurrencyLimit } from '../lib/concurrency-limit.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';

/** So many posts at a time are made ready: few places in the pace are had before they can be used. */
const AT_ONCE = 8;
/**
 * A place in the pace that is older has gone by: used now, it would fall together with a later one. At 46 posts a second, this
 * and what a place may be late by itself come to three of them more in one second, which Discord still allows.
 */
const PLACE_MS = 40;
/** A process that was held up for longer no longer sends what it had decided: another may have taken it over. */
const HELD_UP_MS = 20_000;

/** What is about to be sent, and what the ledger said of it when that was decided. */
export interface Sending {
  key: string;
  nonce: string;
  attempt: number;
  /** Where it was tried, and where it is about to be. */
  channels: string[];
  known: LedgerRecord | undefined;
}

/** The last step before a post is sent. */
export interface SendGate {
  /**
   * Resolves with true when it may be sent at once: its place in the pace has come, and the ledger says that it is being sent;
   * with false where it is to be looked at anew.
   */
  acquire(sending: Sending): Promise<boolean>;
  /** How many wait for their turn. */
  waiting(): number;
}

/** Real time, as it is about Discord's limit and about this process standing still. */
export function createSendGate(ledger: Ledger, pace: () => Promise<void>, clock: Clock): SendGate {
  const few = createConcurrencyLimit(AT_ONCE);
  let waiting = 0;

  async function ready({ key, nonce, attempt, channels, known }: Sending): Promise<boolean> {
    // Nothing is written down as being sent while it still waits for its turn.
    await pace();
    const decided = performance.now();
    // It may have waited for long: meanwhile another process may have taken it over.
    if (!isDeepStrictEqual(await ledger.get(key), known)) return false;
    const at = known?.state === 'sending' ? known.at : clock.now().toString();
    await ledger.set(key, { state: 'sending', attempt, nonce, at, channels });
    if (performance.now() - decided > PLACE_MS) await pace();
    return performance.now() - decided < HELD_UP_MS;
  }

  return {
    async acquire(sending) {
      waiting += 1;
      try {
        return await few(() => ready(sending));
      } finally {
        waiting -= 1;
      }
    },
    waiting: () => waiting,
  };
}
