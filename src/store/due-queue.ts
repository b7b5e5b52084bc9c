/** A countdown or scheduled event that is due to be processed. */
export interface DueEntry {
  entryId: string;
  ownerId: string;
  at: Temporal.Instant;
}

/** An entry as it is enqueued. Without an instant it waits until the facts about its release change. */
export interface QueueEntry extends Omit<DueEntry, 'at'> {
  at: Temporal.Instant | null;
  /** The release it counts to. */
  release: string;
  /** A fingerprint of the facts from which the instant was computed. */
  fingerprint: string;
}

/** The due queue for those who decide when an entry is due. Processing an entry too often does no harm. */
export interface DueSchedule {
  /** Adds the entry, or replaces the one with the same id. */
  enqueue(entry: QueueEntry): Promise<void>;
  /** Does nothing if there is no such entry. */
  remove(entryId: string): Promise<void>;
  /** Makes every entry of a release due at `now` that was computed from other facts. */
  refresh(release: string, fingerprint: string, now: Temporal.Instant): Promise<void>;
  /** Returns the releases that entries count to. */
  releases(): Promise<string[]>;
}

/** The due queue for its worker. Only one process at a time can claim an entry. */
export interface DueClaims {
  /** Whether other processes use the queue too: then the worker polls. */
  shared: boolean;
  /**
   * Returns the entries due by `now`, the earliest first, without those that this process has claimed already. A claim lasts
   * until it is released or the process ends.
   */
  claim(now: Temporal.Instant, claimed: ReadonlySet<string>, limit: number): Promise<DueEntry[]>;
  /** Ends a claim. An entry that is still due can be claimed again. */
  release(entryId: string): Promise<void>;
  /** Returns the earliest instant at which an entry that this process has not claimed is due. */
  nextAt(claimed: ReadonlySet<string>): Promise<Temporal.Instant | null>;
  /** Calls the listener after each change by this process. Returns a function that removes the listener. */
  onChange(listener: () => void): () => void;
}

/** The due queue for operators and scripts. */
export interface DueReport {
  /** Returns how many entries are due by `now`, claimed ones included. */
  backlog(now: Temporal.Instant): Promise<number>;
  /** Yields all entries, to copy them to another store. */
  entries(): AsyncIterable<QueueEntry>;
}

/** The queue of what is to be processed next. It knows nothing of posts. */
export interface DueQueue extends DueSchedule, DueClaims, DueReport {}

/** The listeners of one queue. */
export interface ChangeListeners {
  onChange: DueClaims['onChange'];
  /** Calls all listeners. */
  notify(): void;
}

/** Creates an empty list of listeners. */
export function createChangeListeners(): ChangeListeners {
  const listeners = new Set<() => void>();
  return {
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    notify() {
      for (const listener of listeners) listener();
    },
  };
}
