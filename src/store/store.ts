import type { Logger } from 'pino';
import type { Database } from '../config.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { OpenDocuments } from './documents.ts';
import type { DueQueue } from './due-queue.ts';
import { openSqliteStore } from './sqlite/store.ts';

/** Everything that is kept, and what keeps processes apart that share it. */
export interface Store {
  open: OpenDocuments;
  /** When each countdown is due, and who has it in hand. */
  queue: DueQueue;
  /** Runs what is asked for under one name one after the other, across all processes on this store. Not to be nested. */
  withLock: KeyedQueue;
  /** Resolves when the next request for a post may be sent: all processes on this store together keep the pace. */
  acquireSlot: () => Promise<void>;
  /**
   * Resolves when one of the few requests of a start may be sent. Many processes that start anew while others post would reach
   * Discord's limit together; where there is one, it does not wait for its own posts.
   */
  acquireStartupSlot: () => Promise<void>;
  /** Throws, within two seconds, where the store does not answer. */
  reachable(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** How many posts all processes together may send in a second. */
  postsPerSecond: number;
  log: Logger;
}

/**
 * Opens the store that the configuration names, and makes its tables where there are none. A database server that does not
 * answer yet is waited for, up to a minute. Throws with a sentence for the operator where the store cannot be used.
 */
export async function openStore(database: Database, parts: StoreOptions): Promise<Store> {
  if (database.kind === 'sqlite') return openSqliteStore(database.path, parts);
  const { openPostgresStore } = await import('./postgres/store.ts');
  return openPostgresStore(database.url, parts);
}
