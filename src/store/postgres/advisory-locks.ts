import pLimit from 'p-limit';
import { createKeyedQueue, type KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Postgres } from './database.ts';

/** Number of locks held at a time: each needs a connection, and the rest of the pool is for the work under them. */
const HELD_AT_ONCE = 3;

/**
 * Creates locks across all processes: first in this process, then by an advisory lock of the database. That lock ends with its
 * transaction, so also with a crash. Rejects if a lock is not acquired within the statement timeout.
 */
export function createAdvisoryLocks(postgres: Postgres): KeyedQueue {
  const byName = createKeyedQueue();
  const limit = pLimit(HELD_AT_ONCE);
  return (name, work) => byName(name, () => limit(() => lockAndRun(postgres, name, work)));
}

function lockAndRun<T>(postgres: Postgres, name: string, work: () => Promise<T>): Promise<T> {
  return postgres.session(async (query) => {
    await query('BEGIN');
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`concierge ${name}`]);
    try {
      return await work();
    } finally {
      // The transaction holds only the lock. If the connection is lost, the lock is released already.
      await query('COMMIT').catch(() => {});
    }
  });
}
