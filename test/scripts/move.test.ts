import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { createDocuments } from '../../src/store/documents.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteDocuments } from '../../src/store/sqlite/documents.ts';
import { createSqliteDueQueue } from '../../src/store/sqlite/due-queue.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { at, silent } from '../delivery/support.ts';
import { postgresDatabase } from '../postgres.ts';
import { startMove } from './support.ts';

const anyJson = z.json();
const STORE_OPTIONS = { postsPerSecond: 40, log: silent };
/** The last one stands for a kind of a later version, which is copied too. */
const KINDS = ['ledger', 'progress', 'countdowns', 'identity', 'of a later version'];

/** Creates a file with `count` documents of each kind, and returns its path. */
async function createFile(count: number): Promise<string> {
  const path = join(temporaryFolder(), 'bot.sqlite');
  const { db, close } = openSqlite(path);
  const [open, queue] = [createDocuments(() => createSqliteDocuments(db)), createSqliteDueQueue(db)];
  // In one transaction, or each write would wait for the disk.
  db.exec('BEGIN');
  for (const kind of KINDS) {
    const documents = open(kind, anyJson);
    for (let n = 0; n < count; n += 1) {
      await documents.set(`${kind}-${n}`, { n, kind, text: 'é “quoted” ☃ \\' });
    }
  }
  for (let n = 0; n < count; n += 1) {
    const due = n % 3 === 0 ? null : at('2025-06-06T13:00:00.123Z').add({ minutes: n });
    await queue.enqueue({
      entryId: `id-${n}`,
      ownerId: `g-${n}`,
      at: due,
      release: 'film',
      fingerprint: 'b',
    });
  }
  db.exec('COMMIT');
  close();
  return path;
}

async function changeFile(path: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = openSqliteStore(path, STORE_OPTIONS);
  await work(store);
  await store.close();
}

async function openTarget(url: string): Promise<Store> {
  const store = await openStore({ kind: 'postgres', url }, STORE_OPTIONS);
  onTestFinished(() => store.close());
  return store;
}

/** Returns everything in a store, comparable by value. */
async function contents({ open, queue }: Store): Promise<Map<string, unknown>> {
  const all = new Map<string, unknown>();
  for (const kind of KINDS) {
    const documents = open(kind, anyJson);
    for await (const id of documents.ids()) all.set(`${kind} ${id}`, await documents.get(id));
  }
  for await (const entry of queue.entries()) {
    all.set(`due ${entry.entryId}`, { ...entry, at: entry.at?.toString() ?? null });
  }
  return all;
}

async function contentsOf(path: string): Promise<Map<string, unknown>> {
  const store = openSqliteStore(path, STORE_OPTIONS);
  const all = await contents(store);
  await store.close();
  return all;
}

test('the move copies and compares everything; a second run changes nothing', async () => {
  const path = await createFile(300);
  const url = await postgresDatabase();
  const first = await startMove(`sqlite:${path}`, url).ended;
  expect(first).toMatchObject({ code: 0, errors: '' });
  expect(first.out).toContain('Moved and compared: 1500 documents, 300 due entries.');
  const store = await openTarget(url);
  const there = await contents(store);
  expect(there.size).toBe(1_800);
  expect(there).toEqual(await contentsOf(path));

  // The bot works on the new database.
  await store.open('progress', anyJson).set('progress-1', 'further');
  await store.open('countdowns', anyJson).delete('countdowns-2');
  await store.queue.remove('id-3');
  const since = await contents(store);
  const second = await startMove(`sqlite:${path}`, url).ended;
  expect(second).toMatchObject({ code: 0, errors: '' });
  expect(second.out).toContain('moved there already');
  expect(await contents(store)).toEqual(since);
});

test('a move can be interrupted and run again', async () => {
  const path = await createFile(300);
  const url = await postgresDatabase();
  const cuts: number[] = [];
  for (const line of [/^ledger: /, /^progress: /]) {
    const { child, waitForLine, ended } = startMove(`sqlite:${path}`, url);
    await waitForLine(line);
    child.kill('SIGKILL');
    await ended;
    cuts.push((await contents(await openTarget(url))).size);
  }
  // Each was cut off in the middle, and the second continued where the first had stopped.
  expect(cuts[0]).toBeGreaterThanOrEqual(300);
  expect(cuts[1]).toBeGreaterThanOrEqual(600);
  expect(cuts[1]).toBeLessThan(1_800);

  const last = await startMove(`sqlite:${path}`, url).ended;
  expect(last).toMatchObject({ code: 0, errors: '' });
  expect(await contents(await openTarget(url))).toEqual(await contentsOf(path));
});

test.each<[string, (store: Store) => Promise<void>]>([
  ['has a document of its own', ({ open }) => open('ledger', anyJson).set('mine', 1)],
  ['has a document that differs', ({ open }) => open('progress', anyJson).set('progress-3', { n: 4 })],
  ['belongs to another application', ({ open }) => open('identity', anyJson).set('identity-0', 'another')],
  [
    'has a due entry of its own',
    ({ queue }) =>
      queue.enqueue({ entryId: 'mine', ownerId: 'g', at: null, release: 'film', fingerprint: 'b' }),
  ],
  [
    'has a due entry that differs',
    ({ queue }) =>
      queue.enqueue({ entryId: 'id-1', ownerId: 'g-1', at: null, release: 'film', fingerprint: 'b' }),
  ],
])('a database that %s is refused and not changed', async (_, work) => {
  const path = await createFile(5);
  const url = await postgresDatabase();
  const store = await openTarget(url);
  await work(store);
  const before = await contents(store);
  const { code, out, errors } = await startMove(`sqlite:${path}`, url).ended;
  expect([code, out]).toEqual([1, '']);
  expect(errors).toMatch(/^The database holds 1 document[^\n]+ Nothing was changed[^\n]+\n$/);
  expect(await contents(store)).toEqual(before);
});

test('a file that changed after its move is not moved into the same database', async () => {
  const path = await createFile(5);
  const url = await postgresDatabase();
  await startMove(`sqlite:${path}`, url).ended;
  const before = await contents(await openTarget(url));
  await changeFile(path, ({ open }) => open('ledger', anyJson).set('ledger-1', 'since'));
  const { code, out, errors } = await startMove(`sqlite:${path}`, url).ended;
  expect([code, out]).toEqual([1, '']);
  expect(errors).toMatch(/^This database was filled before[^\n]+\n$/);
  expect(await contents(await openTarget(url))).toEqual(before);
});

test('an unreachable database is reported in one sentence without the password', async () => {
  const path = await createFile(1);
  const there = new URL(await postgresDatabase());
  there.password = 'a-secret-password';
  there.pathname = '/is-not-there';
  const { code, errors } = await startMove(`sqlite:${path}`, String(there)).ended;
  expect(code).toBe(1);
  expect(errors).toMatch(/^The database [^\n]+\n$/);
  expect(errors).not.toContain('a-secret-password');
});

test('a moved countdown continues, and posts each milestone once', async () => {
  const state = temporaryFolder();
  const before = await startSandbox({ state, at: '2025-05-01T12:00:00Z', clock: 'manual' });
  await before.command(
    '/countdown add release:Ballerina channel:releases timezone:America/New_York time:09:00 milestones:30,7,1,0',
  );
  await before.turn('2025-05-08T00:00:00Z');
  expect(await before.messages('releases')).toHaveLength(1);
  await before.stop();

  const url = await postgresDatabase();
  expect((await startMove(`sqlite:${join(state, 'concierge.sqlite')}`, url).ended).code).toBe(0);

  // Shortly before the next post: with a shared queue, the bot polls every second, so turning the clock takes long.
  const after = await startSandbox({
    state,
    at: '2025-05-30T12:59:57Z',
    clock: 'manual',
    env: { DATABASE_URL: url },
  });
  onTestFinished(() => after.stop());
  await after.turn('2025-05-30T13:00:03Z');
  const posted = (await after.messages('releases')).map(({ timestamp }) => timestamp.slice(0, 10));
  expect(posted).toEqual(['2025-05-07', '2025-05-30']);
});
