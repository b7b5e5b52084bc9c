/** A countdown that is due to be looked at. */
export interface DueEntry {
  entryId: string;
  ownerId: string;
  at: Temporal.Instant;
}

/** What is put into the queue; without an instant it waits for its release to be edited. */
export interface QueueEntry extends Omit<DueEntry, 'at'> {
  at: Temporal.Instant | null;
  /** The release it counts to. */
  release: string;
  /** A fingerprint of the facts by which the instant was worked out. */
  fingerprint: string;
}

/**
 * Says which countdown is to be looked at next, and lets nobody else look at it meanwhile. It knows nothing of posts:
 * looking too often does no harm.
 */
export interface DueQueue {
  /** Whether other processes put in and take out too: who wants to know of that looks again from time to time. */
  shared: boolean;
  enqueue(entry: QueueEntry): Promise<void>;
  remove(entryId: string): Promise<void>;
  /**
   * Hands out the entries due by `now`, the earliest first, without those that this process has in hand already. What is
   * handed out is this process's until it is done, or the process ends.
   */
  claim(now: Temporal.Instant, inHand: ReadonlySet<string>, most: number): Promise<DueEntry[]>;
  /** What was handed out is no longer in hand. Where it is still due, it is handed out again. */
  release(entryId: string): Promise<void>;
  /** The earliest instant at which an entry that is not in this process's hand is due. */
  nextAt(inHand: ReadonlySet<string>): Promise<Temporal.Instant | null>;
  /** How many entries are due by `now`, those in hand included. */
  backlog(now: Temporal.Instant): Promise<number>;
  /** Makes every entry of a release due at `now` that was worked out on other facts. */
  refresh(release: string, basis: string, now: Temporal.Instant): Promise<void>;
  /** The releases that entries count to. */
  releases(): Promise<string[]>;
  /** All entries, for carrying them to another store. */
  entries(): AsyncIterable<QueueEntry>;
}
