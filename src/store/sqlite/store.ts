import { createKeyedQueue } from '../../lib/keyed-queue.ts';
import { createDocuments } from '../documents.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Store, StoreOptions } from '../store.ts';
import { openSqlite, type Sqlite } from './database.ts';
import { createSqliteDocuments } from './documents.ts';
import { createSqliteDueQueue } from './due-queue.ts';

type Parts = Pick<StoreOptions, 'postsPerSecond'>;

export function openSqliteStore(path: string, parts: Parts): Store {
  return createSqliteStore(openSqlite(path), parts);
}

/** The store of one process: a file that it alone has open, so that turns and pace are kept in memory. */
export function createSqliteStore({ db, close }: Sqlite, { postsPerSecond }: Parts): Store {
  const check = db.prepare('SELECT 1');
  return {
    open: createDocuments(() => createSqliteDocuments(db)),
    queue: createSqliteDueQueue(db),
    withLock: createKeyedQueue(),
    acquireSlot: createRateLimiter(postsPerSecond),
    acquireStartupSlot: async () => {},
    reachable: async () => void check.get(),
    close: async () => close(),
  };
}
