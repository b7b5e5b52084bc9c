import { AsyncLocalStorage } from 'node:async_hooks';
import pLimit from 'p-limit';
import { createKeyedQueue, type KeyedQueue } from '../../lib/keyed-queue.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Postgres, Query } from './database.ts';

/** Number of locks held at a time: each needs a connection, and the rest of the pool is for other work. */
const HELD_AT_ONCE = 3;

/** Locks across all processes, and the statements of the work under them. */
export interface AdvisoryLocks {
  /** Runs the work under a lock. Rejects if the lock is not acquired within the statement timeout, or was lost before the end. */
  withLock: KeyedQueue;
  /** Runs a statement: under a lock in its session and transaction, otherwise on any connection. */
  query: Query;
  /** Calls the listener when what was written is visible to others: under a lock after its end. */
  afterWrite(listener: () => void): void;
}

/** A lock that is held, with the transaction that holds it. */
interface HeldLock {
  query: Query;
  isHeld: boolean;
  /** The first statement that failed: the transaction can only be rolled back. */
  failure: unknown;
  afterWrite: (() => void)[];
}

/**
 * Creates the locks: first in this process, then by an advisory lock of the database, which ends with its transaction, so also with
 * a crash. Work under a lock writes in that same transaction. A write that the network delivers late, when another process has the
 * lock, finds its transaction ended and changes nothing.
 */
export function createAdvisoryLocks(postgres: Postgres): AdvisoryLocks {
  const byName = createKeyedQueue();
  const limit = pLimit(HELD_AT_ONCE);
  const current = new AsyncLocalStorage<HeldLock>();

  async function lockAndRun<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { result, lock } = await postgres.session(async (query) => {
      const held: HeldLock = { query, isHeld: true, failure: undefined, afterWrite: [] };
      await query('BEGIN');
      await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`concierge ${name}`]);
      try {
        const done = await current.run(held, work);
        if (held.failure) throw held.failure;
        held.isHeld = false;
        await query('COMMIT');
        return { result: done, lock: held };
      } finally {
        // After an error, the connection is closed, which ends the transaction.
        held.isHeld = false;
      }
    });
    for (const listener of lock.afterWrite) listener();
    return result;
  }

  return {
    withLock: (name, work) => byName(name, () => limit(() => lockAndRun(name, work))),
    async query(text, values) {
      const lock = current.getStore();
      if (!lock) return postgres.query(text, values);
      if (!lock.isHeld) throw new StoreUnavailable('The lock is not held any more.');
      return lock.query(text, values).catch((error: unknown) => {
        lock.failure ??= error;
        throw error;
      });
    },
    afterWrite(listener) {
      const lock = current.getStore();
      if (lock?.isHeld) lock.afterWrite.push(listener);
      else listener();
    },
  };
}
