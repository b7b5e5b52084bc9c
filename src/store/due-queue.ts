/** A countdown or event that is due to be processed. */
export interface DueEntry {
  entryId: string;
  ownerId: string;
  at: Temporal.Instant;
}

/** An entry as it is put into the queue; without an instant it waits until its release is edited. */
export interface QueueEntry extends Omit<DueEntry, 'at'> {
  at: Temporal.Instant | null;
  /** The release it counts to. */
  release: string;
  /** A fingerprint of the facts from which the instant was computed. */
  fingerprint: string;
}

/** The due queue as those see it who decide when something is due. Processing an entry too often does no harm. */
export interface DueSchedule {
  enqueue(entry: QueueEntry): Promise<void>;
  remove(entryId: string): Promise<void>;
  /** Makes every entry of a release due at `now` that was computed from other facts. */
  refresh(release: string, fingerprint: string, now: Temporal.Instant): Promise<void>;
  /** Returns the releases that entries count to. */
  releases(): Promise<string[]>;
}

/** The due queue as its worker sees it: one process at a time has an entry. */
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
  /** Calls the listener after each change that this process makes; the returned function ends that. */
  onChange(listener: () => void): () => void;
}

/** The due queue as operators and scripts see it. */
export interface DueReport {
  /** Returns how many entries are due by `now`, claimed ones included. */
  backlog(now: Temporal.Instant): Promise<number>;
  /** All entries, for copying them to another store. */
  entries(): AsyncIterable<QueueEntry>;
}

/** Says what is to be processed next. It knows nothing of posts. */
export interface DueQueue extends DueSchedule, DueClaims, DueReport {}

/** Listeners for changes, kept by a queue. */
export interface ChangeListeners {
  onChange: DueClaims['onChange'];
  notify(): void;
}

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
