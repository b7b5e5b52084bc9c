import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type DueQueue, sqliteDueQueue } from '../../src/delivery/due-queue.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../countdown/support.ts';
import { at } from './support.ts';

const NONE: ReadonlySet<string> = new Set();

function emptyQueue(): DueQueue {
  const { db, close } = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(close);
  return sqliteDueQueue(db);
}

/** Puts entries such as "a 09:00", of the release and basis "x" unless they name others: "a 09:00 y y2". */
async function queueWith(...entries: string[]): Promise<DueQueue> {
  const queue = emptyQueue();
  for (const entry of entries) await put(queue, entry);
  return queue;
}

async function put(queue: DueQueue, entry: string) {
  const [countdownId = '', time = '', release = 'x', basis = 'x'] = entry.split(' ');
  await queue.put({ countdownId, guildId: `guild-${countdownId}`, at: on(time), release, basis });
}

const on = (time: string) => at(`2024-06-07T${time}:00Z`);
const names = (entries: { countdownId: string }[]) => entries.map((one) => one.countdownId).join(' ');

test('what is due comes the earliest first, and what is not due does not', async () => {
  const queue = await queueWith('c 11:00', 'a 09:00', 'b 10:00');
  expect(names(await queue.due(on('08:59'), NONE, 10))).toBe('');
  expect(names(await queue.due(on('09:00'), NONE, 10))).toBe('a');
  expect(names(await queue.due(on('12:00'), NONE, 10))).toBe('a b c');
  expect((await queue.due(on('09:00'), NONE, 10))[0]).toEqual({
    countdownId: 'a',
    guildId: 'guild-a',
    at: on('09:00'),
  });
});

test('an entry put again is moved, not doubled', async () => {
  const queue = await queueWith('a 09:00', 'b 10:00', 'a 11:00');
  expect(names(await queue.due(on('12:00'), NONE, 10))).toBe('b a');
});

test('no more than asked for are given, and those in hand do not use up the number', async () => {
  const queue = await queueWith('a 09:00', 'b 09:01', 'c 09:02', 'd 09:03');
  expect(names(await queue.due(on('12:00'), NONE, 2))).toBe('a b');
  expect(names(await queue.due(on('12:00'), new Set(['a', 'b']), 2))).toBe('c d');
  expect(names(await queue.due(on('12:00'), new Set(['b', 'x', 'y']), 3))).toBe('a c d');
});

test('the next instant is that of the earliest that is not in hand', async () => {
  const queue = await queueWith('a 09:00', 'b 10:00', 'c 11:00');
  expect(await queue.nextAt(NONE)).toEqual(on('09:00'));
  expect(await queue.nextAt(new Set(['a', 'b']))).toEqual(on('11:00'));
  expect(await queue.nextAt(new Set(['a', 'b', 'c']))).toBeNull();
  expect(await emptyQueue().nextAt(NONE)).toBeNull();
});

test('only what was worked out on other facts is made due by new ones', async () => {
  const queue = await queueWith(
    'a 15:00 film old',
    'b 15:00 film new',
    'c 15:00 other old',
    'd 08:00 film old',
  );
  await queue.refresh('film', 'new', on('12:00'));
  expect(names(await queue.due(on('12:00'), NONE, 10))).toBe('d a');
  expect((await queue.releases()).toSorted()).toEqual(['film', 'other']);
});

test('an entry without an instant is never due, until other facts make it so', async () => {
  const queue = await queueWith('a 09:00 film old');
  await queue.put({ countdownId: 'waits', guildId: 'g', at: null, release: 'film', basis: 'old' });
  expect(names(await queue.due(on('23:59'), NONE, 10))).toBe('a');
  expect(await queue.nextAt(new Set(['a']))).toBeNull();
  await queue.refresh('film', 'new', on('12:00'));
  expect(names(await queue.due(on('12:00'), NONE, 10))).toBe('a waits');
});

test('a removed entry does not come again', async () => {
  const queue = await queueWith('a 09:00', 'b 10:00');
  await queue.remove('a');
  await queue.remove('nothing');
  expect(names(await queue.due(on('12:00'), NONE, 10))).toBe('b');
});

test('ten thousand entries: the due one is found as fast as among ten', async () => {
  const { db, close } = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(close);
  const queue = sqliteDueQueue(db);
  db.exec('BEGIN');
  for (let number = 0; number < 10_000; number += 1) await put(queue, `id${number} 15:00`);
  db.exec('COMMIT');
  await put(queue, 'first 09:00');
  const plan = db
    .prepare('EXPLAIN QUERY PLAN SELECT id, guild, at FROM due WHERE at <= 1 ORDER BY at LIMIT 1')
    .all();
  expect(JSON.stringify(plan)).toContain('due_at');
  expect(names(await queue.due(on('10:00'), NONE, 100))).toBe('first');
});
