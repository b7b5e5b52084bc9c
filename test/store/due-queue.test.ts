import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DueQueue } from '../../src/store/due-queue.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteDueQueue } from '../../src/store/sqlite/due-queue.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { at } from '../delivery/support.ts';
import { postgresDatabase } from '../postgres.ts';
import { onPostgres, openShared, STORES } from './stores.ts';

const NONE: ReadonlySet<string> = new Set();

/** Enqueues an entry such as "a 09:00", of the release and fingerprint "x" unless it names others: "a 09:00 y y2". */
async function put(queue: DueQueue, entry: string) {
  const [entryId = '', time = '', release = 'x', fingerprint = 'x'] = entry.split(' ');
  await queue.enqueue({
    entryId,
    ownerId: `guild-${entryId}`,
    at: on(time),
    release,
    fingerprint: fingerprint,
  });
}

const on = (time: string) => at(`2024-06-07T${time}:00Z`);
const names = (entries: { entryId: string }[]) => entries.map(({ entryId }) => entryId).join(' ');

/** Returns the ids that are due at a time; releases them at once. */
async function dueAt(queue: DueQueue, time: string, limit = 10): Promise<string> {
  const entries = await queue.claim(on(time), NONE, limit);
  for (const { entryId } of entries) await queue.release(entryId);
  return names(entries);
}

async function collected<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of all) list.push(item);
  return list;
}

describe.each(STORES)('%s', (_, openStore) => {
  async function queueWith(...entries: string[]): Promise<DueQueue> {
    const { queue } = await openStore();
    for (const entry of entries) await put(queue, entry);
    return queue;
  }

  test('the due queue returns due entries, the earliest first', async () => {
    const queue = await queueWith('c 11:00', 'a 09:00', 'b 10:00');
    expect(await dueAt(queue, '08:59')).toBe('');
    expect(await dueAt(queue, '09:00')).toBe('a');
    expect(await dueAt(queue, '12:00')).toBe('a b c');
    expect((await queue.claim(on('09:00'), NONE, 10))[0]).toEqual({
      entryId: 'a',
      ownerId: 'guild-a',
      at: on('09:00'),
    });
  });

  test('enqueueing an entry again moves it', async () => {
    const queue = await queueWith('a 09:00', 'b 10:00', 'a 11:00');
    expect(await dueAt(queue, '10:59')).toBe('b');
    expect(await dueAt(queue, '12:00')).toBe('b a');
  });

  test('a claim returns at most `limit` entries, not counting claimed ones', async () => {
    const queue = await queueWith('a 09:00', 'b 09:01', 'c 09:02', 'd 09:03');
    expect(names(await queue.claim(on('12:00'), NONE, 2))).toBe('a b');
    expect(names(await queue.claim(on('12:00'), new Set(['a', 'b']), 2))).toBe('c d');
    for (const id of ['a', 'c', 'd']) await queue.release(id);
    expect(names(await queue.claim(on('12:00'), new Set(['b', 'x', 'y']), 3))).toBe('a c d');
  });

  test('a released entry can be claimed again if it is still due, but not if it was moved or removed', async () => {
    const queue = await queueWith('a 09:00', 'b 09:01', 'c 09:02');
    expect(names(await queue.claim(on('12:00'), NONE, 10))).toBe('a b c');
    await put(queue, 'b 15:00');
    await queue.remove('c');
    for (const id of ['a', 'b', 'c', 'never had']) await queue.release(id);
    expect(names(await queue.claim(on('12:00'), NONE, 10))).toBe('a');
  });

  test('an entry that is moved while claimed is due at its new instant', async () => {
    const queue = await queueWith('a 09:00');
    expect(names(await queue.claim(on('09:00'), NONE, 10))).toBe('a');
    await put(queue, 'a 09:30');
    expect(names(await queue.claim(on('10:00'), new Set(['a']), 10))).toBe('');
    await queue.release('a');
    expect(await dueAt(queue, '09:29')).toBe('');
    expect(await dueAt(queue, '09:30')).toBe('a');
  });

  test('the next due instant is that of the earliest entry not claimed', async () => {
    const queue = await queueWith('a 09:00', 'b 10:00', 'c 11:00');
    expect(await queue.nextAt(NONE)).toEqual(on('09:00'));
    expect(await queue.nextAt(new Set(['a', 'b']))).toEqual(on('11:00'));
    expect(await queue.nextAt(new Set(['a', 'b', 'c']))).toBeNull();
  });

  test('an empty due queue has no due entries and no next instant', async () => {
    const queue = await queueWith();
    expect(await dueAt(queue, '12:00')).toBe('');
    expect(await queue.nextAt(NONE)).toBeNull();
    expect(await queue.backlog(on('12:00'))).toBe(0);
    expect(await queue.releases()).toEqual([]);
    expect(await collected(queue.entries())).toEqual([]);
  });

  test('a refresh makes due only entries computed from other facts', async () => {
    const queue = await queueWith(
      'a 15:00 film old',
      'b 15:00 film new',
      'c 15:00 other old',
      'd 08:00 film old',
    );
    await queue.refresh('film', 'new', on('12:00'));
    expect(await dueAt(queue, '12:00')).toBe('d a');
    expect((await queue.releases()).toSorted()).toEqual(['film', 'other']);
  });

  test('an entry without an instant is not due until a refresh', async () => {
    const queue = await queueWith('a 09:00 film old');
    await queue.enqueue({ entryId: 'waits', ownerId: 'g', at: null, release: 'film', fingerprint: 'old' });
    expect(await dueAt(queue, '23:59')).toBe('a');
    expect(await queue.nextAt(new Set(['a']))).toBeNull();
    await queue.refresh('film', 'new', on('12:00'));
    expect(await dueAt(queue, '12:00')).toBe('a waits');
  });

  test('a removed entry is not due', async () => {
    const queue = await queueWith('a 09:00', 'b 10:00');
    await queue.remove('a');
    await queue.remove('nothing');
    expect(await dueAt(queue, '12:00')).toBe('b');
  });

  test('the backlog counts due entries, claimed ones included', async () => {
    const queue = await queueWith('a 09:00', 'b 10:00', 'c 11:00');
    await queue.claim(on('09:00'), NONE, 10);
    expect(await queue.backlog(on('10:00'))).toBe(2);
  });

  test('all entries are listed as they were enqueued', async () => {
    const queue = await queueWith('b 10:00 film new', 'a 09:00');
    const waits = { entryId: 'waits', ownerId: 'g', at: null, release: 'film', fingerprint: 'old' };
    await queue.enqueue(waits);
    expect(await collected(queue.entries())).toEqual([
      { entryId: 'a', ownerId: 'guild-a', at: on('09:00'), release: 'x', fingerprint: 'x' },
      { entryId: 'b', ownerId: 'guild-b', at: on('10:00'), release: 'film', fingerprint: 'new' },
      waits,
    ]);
  });
});

test('the SQLite due queue finds a due entry among ten thousand by its index', async () => {
  const { db, close } = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(close);
  const queue = createSqliteDueQueue(db);
  db.exec('BEGIN');
  for (let number = 0; number < 10_000; number += 1) await put(queue, `id${number} 15:00`);
  db.exec('COMMIT');
  await put(queue, 'first 09:00');
  const plan = db
    .prepare('EXPLAIN QUERY PLAN SELECT id, guild, at FROM due WHERE at <= 1 ORDER BY at LIMIT 1')
    .all();
  expect(JSON.stringify(plan)).toContain('due_at');
  expect(names(await queue.claim(on('10:00'), NONE, 100))).toBe('first');
});

test('the PostgreSQL due queue finds a due entry among twenty thousand by its index, and can refresh all', async () => {
  const url = await postgresDatabase();
  const { queue } = await openShared(url);
  await put(queue, 'first 09:00');
  await onPostgres(
    url,
    `INSERT INTO concierge.due SELECT 'id' || n, 'g', $1, 'film', 'old' FROM generate_series(1, 20000) n`,
    [on('15:00').epochMilliseconds],
  );
  await onPostgres(url, 'ANALYZE concierge.due');
  const [plan] = await onPostgres(
    url,
    'EXPLAIN (FORMAT JSON) SELECT id FROM concierge.due WHERE at <= 1 ORDER BY at LIMIT 100',
  );
  expect(JSON.stringify(plan)).toContain('due_at');
  expect(await dueAt(queue, '10:00')).toBe('first');
  await queue.refresh('film', 'new', on('10:00'));
  expect(await queue.backlog(on('10:00'))).toBe(20_001);
  expect(await collected(queue.entries())).toHaveLength(20_001);
});
