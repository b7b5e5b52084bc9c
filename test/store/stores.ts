import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { silent } from '../delivery/support.ts';
import { postgresDatabase } from '../postgres.ts';

/** A store that ends with the test. */
export interface TestStore extends Store {
  /** Puts something else in the place of every document. */
  damage(value: string): Promise<unknown>;
}

export const PARTS = { postsPerSecond: 40, log: silent };

/** Opens a database of PostgreSQL as one more process would. */
export async function openShared(url: string): Promise<TestStore> {
  const store = await openStore({ kind: 'postgres', url }, PARTS);
  const close = once(store.close);
  onTestFinished(close);
  return {
    ...store,
    close,
    damage: (value) => onPostgres(url, 'UPDATE concierge.documents SET value = $1', [value]),
  };
}

/** Runs a statement beside the store. */
export async function onPostgres(url: string, statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

async function openFile(): Promise<TestStore> {
  const sqlite = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  const store = createSqliteStore(sqlite, PARTS);
  const close = once(store.close);
  onTestFinished(close);
  return {
    ...store,
    close,
    damage: async (value) => sqlite.db.prepare('UPDATE documents SET value = ?').run(value),
  };
}

/** However often it is called, the work is done at the first. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** Every kind of store, empty: what holds for one holds for all. */
export const STORES: [string, () => Promise<TestStore>][] = [
  ['SQLite', openFile],
  ['PostgreSQL', async () => openShared(await postgresDatabase())],
];
