import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { at } from '../delivery/support.ts';
import { postgresOfFile } from '../postgres.ts';
import { onPostgres, openShared, PARTS, type TestStore } from './stores.ts';

const schema = z.strictObject({ name: z.string() });
const NOON = at('2024-06-07T12:00:00Z');
const NONE: ReadonlySet<string> = new Set();

const server = postgresOfFile();
const openAgain = () => openShared(server().url);

const put = ({ queue }: TestStore, countdownId: string) =>
  queue.enqueue({ entryId: countdownId, ownerId: 'g', at: NOON, release: 'film', fingerprint: 'b' });
const collect = async (all: AsyncIterable<unknown>) => {
  let count = 0;
  for await (const _ of all) count += 1;
  return count;
};

test('while PostgreSQL is down every call throws, and the store reconnects by itself', async () => {
  const store = await openAgain();
  const people = store.open('people', schema);
  await people.set('winston', { name: 'Winston' });
  await put(store, 'a');
  await store.reachable();

  await server().stop();
  const away: Record<string, () => Promise<unknown>> = {
    get: () => people.get('winston'),
    'get of what is not there': () => people.get('nobody'),
    set: () => people.set('winston', { name: 'W' }),
    delete: () => people.delete('winston'),
    ids: () => collect(people.ids()),
    put: () => put(store, 'b'),
    remove: () => store.queue.remove('a'),
    due: () => store.queue.claim(NOON, NONE, 10),
    nextAt: () => store.queue.nextAt(NONE),
    backlog: () => store.queue.backlog(NOON),
    releases: () => store.queue.releases(),
    refresh: () => store.queue.refresh('film', 'c', NOON),
    entries: () => collect(store.queue.entries()),
    withLock: () => store.withLock('server', async () => {}),
    acquireSlot: () => store.acquireSlot(),
    reachable: () => store.reachable(),
  };
  for (const [name, call] of Object.entries(away))
    await expect(call(), name).rejects.toBeInstanceOf(StoreUnavailable);
  // Never throws, and does not have to be told.
  await store.queue.release('a');

  await server().start();
  await store.reachable();
  expect(await people.get('winston')).toEqual({ name: 'Winston' });
  await people.set('winston', { name: 'Winston Scott' });
  expect(await collect(people.ids())).toBe(1);
  expect(await store.withLock('server', async () => 'had')).toBe('had');
  await store.acquireSlot();
  const entries = await store.queue.claim(NOON, NONE, 10);
  expect(entries.map(({ entryId }) => entryId)).toEqual(['a']);
});

test('an outage during a listing makes it throw, so it does not look complete', async () => {
  const store = await openAgain();
  const people = store.open('people', schema);
  await Promise.all(Array.from({ length: 600 }, (_, n) => people.set(`p${n}`, { name: 'x' })));
  const listing = people.ids()[Symbol.asyncIterator]();
  await listing.next();
  await server().stop();
  const rest = async () => {
    while (!(await listing.next()).done);
  };
  await expect(rest()).rejects.toBeInstanceOf(StoreUnavailable);
});

test('after an outage an entry is claimed by one process at most', async () => {
  const [one, other] = [await openAgain(), await openAgain()];
  await put(one, 'a');
  expect(await one.queue.claim(NOON, NONE, 10)).toHaveLength(1);
  // However long the outage takes on this machine, it is shorter than the silence that is allowed.
  await onPostgres(
    server().url,
    `UPDATE concierge_jobs.job SET heartbeat_on = now() + interval '1 min' WHERE state = 'active'`,
  );
  await server().stop();
  await server().start();
  // Long enough for a look for what was lost.
  const end = performance.now() + 4_000;
  while (performance.now() < end) {
    expect(await other.queue.claim(NOON, NONE, 10)).toEqual([]);
    await delay(250);
  }
  await one.queue.release('a');
  expect(await other.queue.claim(NOON, NONE, 10)).toHaveLength(1);
});

test('a lost idle connection has no effect', async () => {
  const store = await openAgain();
  await Promise.all(Array.from({ length: 8 }, () => store.reachable()));
  const cut = await onPostgres(
    server().url,
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'concierge'`,
  );
  const pids = cut.map(({ pid }) => pid);
  const left = () =>
    onPostgres(server().url, 'SELECT pid FROM pg_stat_activity WHERE pid = ANY ($1::int[])', [pids]);
  await expect.poll(left).toEqual([]);
  await store.reachable();
});

test('all connections belong to the one pool that reconnects', async () => {
  const store = await openAgain();
  const people = store.open('people', schema);
  await Promise.all(Array.from({ length: 30 }, (_, n) => people.set(`p${n}`, { name: 'x' })));
  await store.queue.claim(NOON, NONE, 10);
  const connections = await onPostgres(
    server().url,
    `SELECT application_name AS name, count(*)::int AS count FROM pg_stat_activity
     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() GROUP BY 1`,
  );
  expect(connections).toEqual([{ name: 'concierge', count: expect.any(Number) }]);
  expect(connections[0]?.['count']).toBeLessThanOrEqual(10);
});

test('a statement that hangs is cancelled and counts as an outage', async () => {
  await openAgain();
  const impatient = await openShared(`${server().url}?statement_timeout=1000`);
  const holder = new pg.Client({ connectionString: server().url });
  onTestFinished(() => holder.end());
  await holder.connect();
  await holder.query('BEGIN; LOCK concierge.due');
  await expect(impatient.queue.nextAt(NONE)).rejects.toBeInstanceOf(StoreUnavailable);
  await holder.query('ROLLBACK');
  expect(await impatient.queue.nextAt(NONE)).toBeNull();
});

test('a start waits for a database server that does not listen yet', async () => {
  await openAgain();
  await server().stop();
  const opening = openPostgresStore(server().url, PARTS);
  await delay(300);
  await server().start();
  const store = await opening;
  onTestFinished(() => store.close());
  await store.reachable();
});

/** What an operator is told where the store cannot be opened. */
async function refusal(url: string | URL): Promise<string> {
  return openPostgresStore(String(url), PARTS, 0).then(
    () => 'opened',
    (error: Error) => error.message,
  );
}

function changed(change: (url: URL) => void): URL {
  const url = new URL(server().url);
  change(url);
  return url;
}

test('an unusable database is reported in a sentence without the password', async () => {
  await onPostgres(server().url, `DROP ROLE IF EXISTS guest`);
  await onPostgres(server().url, `CREATE ROLE guest LOGIN PASSWORD 'guest-secret'`);
  const wrong = (url: URL) => {
    url.password = 'wrong-secret';
  };
  const guest = (url: URL) => {
    url.username = 'guest';
    url.password = 'guest-secret';
  };
  const nowhere = (url: URL) => {
    url.port = '9';
    url.password = 'nowhere-secret';
  };
  const told = {
    login: await refusal(changed(wrong)),
    missing: await refusal(changed((url) => (url.pathname = '/not_there'))),
    rights: await refusal(changed(guest)),
    nowhere: await refusal(changed(nowhere)),
  };
  expect(told.login).toMatch(/^The database 127\.0\.0\.1:\d+\/postgres refuses the login/);
  expect(told.missing).toMatch(/\/not_there does not exist/);
  expect(told.rights).toMatch(/^The tables cannot be created .+ GRANT CREATE ON DATABASE/);
  expect(told.nowhere).toMatch(/^The database 127\.0\.0\.1:9\/postgres cannot be reached/);
  for (const sentence of Object.values(told)) expect(sentence).not.toMatch(/secret|\n/);
});

test('a database of a later version is refused, unchanged', async () => {
  await openAgain();
  await onPostgres(server().url, `COMMENT ON SCHEMA concierge IS 'tables of version 2'`);
  expect(await refusal(server().url)).toMatch(/created by a later version of the bot/);
});
