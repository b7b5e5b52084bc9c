import pLimit from 'p-limit';
import { createKeyedQueue, type KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Postgres } from './database.ts';

/** Locks held at a time: each needs a connection, and the others are for the work under the locks. */
const HELD_AT_ONCE = 3;

/**
 * Locks across all processes: first in this process, then by a lock of the database, which ends with its transaction and so
 * with the process however that ends. A lock that is not acquired within the time limit of a statement is given up.
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
      // The transaction holds nothing but the lock. If the connection was lost, the lock is gone already.
      await query('COMMIT').catch(() => {});
    }
  });
}
