import { createConcurrencyLimit } from '../../lib/concurrency-limit.ts';
import { createKeyedQueue, type KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Postgres } from './database.ts';

/** So many turns at a time hold a connection each, which leaves the others for what is done in them. */
const TURNS = 3;

/**
 * Turns across all processes: first in this process, then by a lock of the database, which ends with its transaction and so
 * with the process however that ends. A turn that is not had in the time of a statement is given up.
 */
export function createAdvisoryLocks(postgres: Postgres): KeyedQueue {
  const inTurn = createKeyedQueue();
  const few = createConcurrencyLimit(TURNS);
  return (name, work) =>
    inTurn(name, () =>
      few(() =>
        postgres.session(async (query) => {
          await query('BEGIN');
          await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`concierge ${name}`]);
          try {
            return await work();
          } finally {
            // Nothing is in the transaction but the lock. Where the connection was lost, the lock is gone already.
            await query('COMMIT').catch(() => {});
          }
        }),
      ),
    );
}
