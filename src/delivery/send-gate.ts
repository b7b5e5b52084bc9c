import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { Clock } from '../lib/clock.ts';
import { type Ledger, type LedgerRecord, NONCE_WINDOW } from './ledger.ts';

/** Number of posts prepared at a time, so that few rate-limit slots are acquired before they can be used. */
const PREPARED_AT_ONCE = 8;
/**
 * A rate-limit slot older than this is stale: using it would burst with the next. At 45 posts a second, this and the lateness of
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

/** The last steps before a post is sent. */
export interface SendGate {
  /**
   * Waits for a rate-limit slot and writes "sending" to the ledger. Resolves with a check for the very moment of the send, which
   * returns false once the decision is stale; undefined if it is stale already. Then the countdown has to be processed again.
   */
  acquire(sending: Sending): Promise<(() => boolean) | undefined>;
  /** Returns whether this process began to send the post within the nonce window, by the monotonic clock. */
  isRecent(key: string): boolean;
  /** Returns how many posts wait for their slot. */
  waiting(): number;
}

/** What the gate works with. */
export interface SendGateOptions {
  ledger: Ledger;
  acquireSlot: () => Promise<void>;
  clock: Clock;
  /** Returns the milliseconds of a clock that nobody sets. It stands still while the machine is suspended. */
  monotonic: () => number;
}

/** Creates the gate. */
export function createSendGate({ ledger, acquireSlot, clock, monotonic }: SendGateOptions): SendGate {
  const limit = pLimit(PREPARED_AT_ONCE);
  const begun = createRecentKeys(monotonic);
  let waiting = 0;

  async function prepare({ key, nonce, attempt, channels, known }: Sending) {
    // The ledger must not say "sending" while the post still waits for its slot.
    await acquireSlot();
    const slotAt = monotonic();
    const isFresh = createFreshness(clock, monotonic);
    const at = known?.state === 'sending' ? known.at : clock.now().toString();
    const sending = { state: 'sending', attempt, nonce, at, channels } as const;
    // After a long wait, another process may have claimed the countdown.
    if (!(await ledger.replace(key, known, sending))) return undefined;
    begun.add(key);
    if (!isFresh()) return undefined;
    if (monotonic() - slotAt <= SLOT_TTL_MS) return isFresh;
    await acquireSlot();
    // That wait may have been long, too. From here on nothing waits.
    const isStillFresh = createFreshness(clock, monotonic);
    return isDeepStrictEqual(await ledger.get(key), sending) ? isStillFresh : undefined;
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
    isRecent: begun.has,
    waiting: () => waiting,
  };
}

/**
 * Returns a check that a decision to send, made now, is not stale yet, by either clock: one of them may stand still or be set.
 * `monotonic` is a clock that nobody sets, in milliseconds.
 */
export function createFreshness(clock: Clock, monotonic: () => number): () => boolean {
  const decidedAt = monotonic();
  const decidedOn = clock.now();
  return () =>
    monotonic() - decidedAt < STALE_AFTER_MS &&
    Math.abs(clock.now().since(decidedOn).total('milliseconds')) < STALE_AFTER_MS;
}

/** Creates a set of keys that forgets each after the nonce window, by the monotonic clock. */
function createRecentKeys(monotonic: () => number) {
  const windowMs = NONCE_WINDOW.total('milliseconds');
  const addedAt = new Map<string, number>();
  const isOld = (at: number) => monotonic() - at >= windowMs;
  return {
    /** A key that is there keeps its time. */
    add(key: string): void {
      // The oldest come first.
      for (const [other, at] of addedAt) {
        if (!isOld(at)) break;
        addedAt.delete(other);
      }
      if (!addedAt.has(key)) addedAt.set(key, monotonic());
    },
    has(key: string): boolean {
      const at = addedAt.get(key);
      return at !== undefined && !isOld(at);
    },
  };
}
