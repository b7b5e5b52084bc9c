import { oneByOne } from '../../lib/keyed-queue.ts';
import { documentsIn } from '../documents.ts';
import { evenPace } from '../rate-limiter.ts';
import type { Store, StoreParts } from '../store.ts';
import { openSqlite, type Sqlite } from './database.ts';
import { sqliteStore } from './documents.ts';
import { sqliteDueQueue } from './due-queue.ts';

type Parts = Pick<StoreParts, 'postsPerSecond'>;

export function openSqliteStore(path: string, parts: Parts): Store {
  return storeIn(openSqlite(path), parts);
}

/** The store of one process: a file that it alone has open, so that turns and pace are kept in memory. */
export function storeIn({ db, close }: Sqlite, { postsPerSecond }: Parts): Store {
  const check = db.prepare('SELECT 1');
  return {
    open: documentsIn(() => sqliteStore(db)),
    queue: sqliteDueQueue(db),
    exclusively: oneByOne(),
    pace: evenPace(postsPerSecond),
    startPace: async () => {},
    reachable: async () => void check.get(),
    close: async () => close(),
  };
}
