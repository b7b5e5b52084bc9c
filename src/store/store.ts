import type { Logger } from 'pino';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { OpenDocuments } from './documents.ts';
import type { DueQueue } from './due-queue.ts';

/** Everything that is stored, and what coordinates the processes that share it. */
export interface Store {
  open: OpenDocuments;
  /** When each countdown is due, and which process has claimed it. */
  queue: DueQueue;
  /** Runs the work under one name one after the other, across all processes on this store. Must not be nested. */
  withLock: KeyedQueue;
  /** Resolves when the next request may be sent: one rate limit for all processes on this store together. */
  acquireSlot: () => Promise<void>;
  /**
   * Resolves when one of the few requests of a start may be sent. Many processes that start while others post would reach
   * Discord's limit together; a single process does not wait for its own posts.
   */
  acquireStartupSlot: () => Promise<void>;
  /** Throws, within two seconds, if the store does not answer. */
  reachable(): Promise<void>;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** How many posts all processes together may send in a second. */
  postsPerSecond: number;
  log: Logger;
}
