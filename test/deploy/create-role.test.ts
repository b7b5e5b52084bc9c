import { readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { onPostgres, openShared } from '../store/stores.ts';

/** The script as psql would run it, with another name for the role and the database. */
function script(name: string, password: string): string[] {
  const text = readFileSync('deploy/create-role.sql', 'utf8')
    .replace(/^(\\|--).*$/gm, '')
    .replaceAll('concierge', name)
    .replaceAll(":'password'", `'${password}'`);
  return text.split(';').filter((statement) => statement.trim());
}

test('the role of the bot is no superuser, owns its database, and is enough to run it', async () => {
  const admin = inject('postgres');
  const name = `role_${crypto.randomUUID().slice(0, 8)}`;
  for (const statement of script(name, 'secret')) await onPostgres(admin, statement);
  const url = Object.assign(new URL(admin), {
    username: name,
    password: 'secret',
    pathname: `/${name}`,
  }).href;
  onTestFinished(async () => {
    await onPostgres(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    await onPostgres(admin, `DROP ROLE ${name}`);
  });

  const [role] = await onPostgres(
    admin,
    'SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = $1',
    [name],
  );
  expect(Object.values(role ?? {})).toEqual([false, false, false, false, false]);
  const store = await openShared(url);
  await store.reachable();
  await store.acquireSlot();
  await expect(onPostgres(url, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('permission denied');
  await expect(onPostgres(url, 'SELECT pg_read_file($1)', ['/etc/passwd'])).rejects.toThrow(
    'permission denied',
  );
  await store.close();
});

test('another role may not connect to the database of the bot', async () => {
  const admin = inject('postgres');
  const name = `role_${crypto.randomUUID().slice(0, 8)}`;
  for (const statement of script(name, 'secret')) await onPostgres(admin, statement);
  await onPostgres(admin, `CREATE ROLE ${name}_other LOGIN PASSWORD 'x'`);
  onTestFinished(async () => {
    await onPostgres(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    for (const role of [name, `${name}_other`]) await onPostgres(admin, `DROP ROLE ${role}`);
  });
  const parts = { username: `${name}_other`, password: 'x', pathname: `/${name}` };
  const client = new pg.Client({ connectionString: Object.assign(new URL(admin), parts).href });
  await expect(client.connect()).rejects.toThrow('permission denied for database');
});
