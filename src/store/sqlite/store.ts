import { createKeyedQueue } from '../../lib/keyed-queue.ts';
import { createDocuments } from '../documents.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Store, StoreOptions } from '../store.ts';
import { openSqlite, type Sqlite } from './database.ts';
import { createSqliteDocuments } from './documents.ts';
import { createSqliteDueQueue } from './due-queue.ts';

type SqliteStoreOptions = Pick<StoreOptions, 'postsPerSecond'>;

/** Opens the database file and creates it if needed. Throws with a sentence for the operator if it cannot be used. */
export function openSqliteStore(path: string, options: SqliteStoreOptions): Store {
  return createSqliteStore(openSqlite(path), options);
}

/** Creates the store over an open file. Only one process has it open, so locks and rate limit are kept in memory. */
export function createSqliteStore(sqlite: Sqlite, { postsPerSecond }: SqliteStoreOptions): Store {
  const write = sqlite.prepare('UPDATE commits SET count = count + 1');
  return {
    open: createDocuments(() => createSqliteDocuments(sqlite)),
    queue: createSqliteDueQueue(sqlite),
    withLock: createKeyedQueue(),
    acquireSlot: createRateLimiter(postsPerSecond),
    acquireStartupSlot: async () => {},
    reachable: async () => void write.run(),
    close: async () => sqlite.close(),
  };
}
