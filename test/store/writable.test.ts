import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { createStoreCheck } from '../../src/ops/health-checks.ts';
import { StoreNotWritable } from '../../src/store/errors.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { postgresDatabase } from '../postgres.ts';
import { onPostgres, openShared, PARTS } from './stores.ts';

const NOT_WRITABLE = 'the database cannot be written: is the disk full?';

test('an SQLite file that can be read but not written is not ready', async () => {
  const sqlite = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  const store = createSqliteStore(sqlite, PARTS);
  const check = createStoreCheck(store);
  expect(await check()).toBeUndefined();
  sqlite.db.exec('PRAGMA query_only = ON');
  await expect(store.reachable()).rejects.toThrow(StoreNotWritable);
  expect(await check()).toBe(NOT_WRITABLE);
  sqlite.db.exec('PRAGMA query_only = OFF');
  expect(await check()).toBeUndefined();
  await store.close();
});

test('a PostgreSQL that accepts no writes is not ready, as a standby or with a full disk', async () => {
  const url = await postgresDatabase();
  const store = await openShared(url);
  const check = createStoreCheck(store);
  expect(await check()).toBeUndefined();
  const name = new URL(url).pathname.slice(1);
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`;
  const administer = async (change: string) => {
    await onPostgres(inject('postgres'), `ALTER DATABASE ${name} ${change}`);
    await onPostgres(inject('postgres'), end);
  };
  await administer('SET default_transaction_read_only = on');
  await expect.poll(check).toBe(NOT_WRITABLE);
  await administer('RESET default_transaction_read_only');
  await expect.poll(check).toBeUndefined();
});
