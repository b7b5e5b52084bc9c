import type { Logger } from 'pino';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { OpenDocuments } from './documents.ts';
import type { DueQueue } from './due-queue.ts';

/** The database: documents, due queue, locks and rate limit. All are shared by the processes on it. */
export interface Store {
  /** Opens the documents of a kind. */
  open: OpenDocuments;
  /** When each entry is due, and which process has claimed it. */
  queue: DueQueue;
  /** Runs the work under a lock of that name, across all processes on this store. Must not be nested. */
  withLock: KeyedQueue;
  /** Resolves when the caller has a rate-limit slot: all processes on this store share one rate limit. */
  acquireSlot: () => Promise<void>;
  /**
   * Resolves when one of the few requests of a start may be sent. Processes that start while others post share their rate
   * limit; a single process does not wait.
   */
  acquireStartupSlot: () => Promise<void>;
  /** Writes a row. Throws, within two seconds, if the store does not answer, or `StoreNotWritable` if it cannot be written. */
  reachable(): Promise<void>;
  /** Releases all claims and closes the connections. */
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** The rate limit of all processes together, in posts per second. */
  postsPerSecond: number;
  log: Logger;
}
