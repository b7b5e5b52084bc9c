import { resolve } from 'node:path';
import type { Database } from '../config.ts';
import { openSqlite } from './sqlite/database.ts';
import { createSqliteStore } from './sqlite/store.ts';
import type { Store, StoreOptions } from './store.ts';

/**
 * Opens the store that the configuration names and creates its tables if there are none. Waits up to a minute for a database
 * server that does not answer yet. Throws with a sentence for the operator if the store cannot be used.
 */
export async function openStore(database: Database, options: StoreOptions): Promise<Store> {
  if (database.kind === 'sqlite') {
    const sqlite = openSqlite(database.path);
    if (sqlite.isNew) options.log.info(`A new database was made at ${resolve(database.path)}`);
    return createSqliteStore(sqlite, options);
  }
  const { openPostgresStore } = await import('./postgres/store.ts');
  return openPostgresStore(database.url, options);
}
