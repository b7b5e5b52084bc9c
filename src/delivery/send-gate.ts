import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { Clock } from '../lib/clock.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';

/** Number of posts prepared at a time, so that few rate-limit slots are acquired before they can be used. */
const PREPARED_AT_ONCE = 8;
/**
 * A rate-limit slot older than this is stale: using it would burst with the next. At 46 posts a second, this and the lateness of
 * timers add at most three posts in one second, which Discord still allows.
 */
const SLOT_TTL_MS = 40;
/** A send decision older than this is stale: another process may have claimed the countdown since. */
const STALE_AFTER_MS = 20_000;

/** A post that is about to be sent, with its ledger record from when that was decided. */
export interface Sending {
  key: string;
  nonce: string;
  attempt: number;
  /** The channels in which it was tried, including the one it is about to be sent to. */
  channels: string[];
  known: LedgerRecord | undefined;
}

/** The last step before a post is sent. */
export interface SendGate {
  /**
   * Waits for a rate-limit slot and writes "sending" to the ledger. Resolves with true if the post may be sent now, with false if
   * the decision is stale and the countdown has to be processed again.
   */
  acquire(sending: Sending): Promise<boolean>;
  /** Returns how many posts wait for their slot. */
  waiting(): number;
}

/** Creates the gate. It uses real time: it concerns Discord's rate limit and a suspended process. */
export function createSendGate(ledger: Ledger, acquireSlot: () => Promise<void>, clock: Clock): SendGate {
  const limit = pLimit(PREPARED_AT_ONCE);
  let waiting = 0;

  async function prepare({ key, nonce, attempt, channels, known }: Sending): Promise<boolean> {
    // The ledger must not say "sending" while the post still waits for its slot.
    await acquireSlot();
    const decidedAt = performance.now();
    // After a long wait, another process may have claimed the countdown.
    if (!isDeepStrictEqual(await ledger.get(key), known)) return false;
    const at = known?.state === 'sending' ? known.at : clock.now().toString();
    await ledger.set(key, { state: 'sending', attempt, nonce, at, channels });
    if (performance.now() - decidedAt > SLOT_TTL_MS) await acquireSlot();
    return performance.now() - decidedAt < STALE_AFTER_MS;
  }

  return {
    async acquire(sending) {
      waiting += 1;
      try {
        return await limit(() => prepare(sending));
      } finally {
        waiting -= 1;
      }
    },
    waiting: () => waiting,
  };
}
