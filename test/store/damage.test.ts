import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteStore } from '../../src/store/sqlite/store.ts';
import { added, botAt, temporaryFolder } from '../commands/countdown/support.ts';

const PARTS = { postsPerSecond: 40 };
const RELEASE = 'release:ballerina/release/theatrical/us';
const file = () => join(temporaryFolder(), 'concierge.sqlite');

function opening(path: string): string {
  try {
    openSqlite(path).close();
    return 'opened';
  } catch (error) {
    return String(error);
  }
}

/** The files of a bot that was killed: a database and a write-ahead log with that many documents. Returns their path. */
async function killed(documents: number): Promise<string> {
  const path = file();
  const running = openSqlite(path);
  const { open, close } = createSqliteStore(running, PARTS);
  const store = open<object>('x', { safeParse: (data: unknown) => ({ success: true, data }) } as never);
  for (let number = 0; number < documents; number += 1) await store.set(String(number), { number });
  const copy = file();
  for (const ending of ['', '-wal', '.commits']) copyFileSync(path + ending, copy + ending);
  await close();
  return copy;
}

function countIn(path: string): number {
  const { db, close } = openSqlite(path);
  const count = Number(db.prepare('SELECT count(*) AS count FROM documents').get()?.['count']);
  close();
  return count;
}

describe('a database file', () => {
  test('of 0 bytes beside a write-ahead log is refused, and the log stays', async () => {
    const path = await killed(5);
    truncateSync(path, 0);
    const log = readFileSync(`${path}-wal`);
    expect(opening(path)).toMatch(/is empty \(0 bytes\) beside its write-ahead log.+delete .+-wal/);
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
    expect(statSync(path).size).toBe(0);
  });

  test('of 0 bytes without a log is refused', () => {
    const path = file();
    writeFileSync(path, '');
    expect(opening(path)).toMatch(/is empty \(0 bytes\): it has lost its data\. Restore a copy/);
  });

  test('that is missing beside a write-ahead log is refused, and the log stays', async () => {
    const path = await killed(5);
    rmSync(path);
    expect(opening(path)).toMatch(/is missing, but its write-ahead log .+ is there/);
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  test('that is made anew is logged with its place, and one that was there is not', async () => {
    const path = file();
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
    for (const _ of [1, 2]) await (await openStore({ kind: 'sqlite', path }, { ...PARTS, log })).close();
    expect(lines).toEqual([`A new database was made at ${path}`]);
  });

  test('that could not be made leaves nothing behind', () => {
    const path = '/dev/full/concierge.sqlite';
    expect(opening(path)).toContain('cannot be opened');
    expect(existsSync(path)).toBe(false);
  });
});

describe('the write-ahead log of a killed bot', () => {
  test('is read whole', async () => {
    expect(countIn(await killed(200))).toBe(200);
  });

  test.each([0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])(
    'that was cut at %d of its length is noticed',
    async (part) => {
      const path = await killed(200);
      truncateSync(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size * part));
      expect(opening(path)).toMatch(/has lost its last [1-9]\d* changes.+delete .+\.commits/);
      // The next start does not forget it.
      expect(opening(path)).toMatch(/has lost its last/);
      rmSync(`${path}.commits`);
      expect(countIn(path)).toBeLessThan(200);
    },
  );

  test.each([0.2, 0.5, 0.8])('that is damaged at %d of its length is noticed', async (part) => {
    const path = await killed(200);
    const bytes = readFileSync(`${path}-wal`);
    bytes.fill(0x5a, Math.floor(bytes.length * part), Math.floor(bytes.length * part) + 100);
    writeFileSync(`${path}-wal`, bytes);
    expect(opening(path)).toMatch(/has lost its last [1-9]\d* changes/);
  });

  test('that is missing is noticed', async () => {
    const path = await killed(200);
    rmSync(`${path}-wal`);
    expect(opening(path)).toMatch(/has lost its last [1-9]\d* changes/);
  });

  test('with a count that a power loss has damaged is read as before', async () => {
    const path = await killed(20);
    writeFileSync(`${path}.commits`, '\0'.repeat(17));
    expect(countIn(path)).toBe(20);
  });
});

test('a start on a file with damaged documents fails, and names them', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  await added(sandbox, `${RELEASE} channel:releases milestones:30,7`);
  await sandbox.turn('2025-05-07T12:00:00Z');
  await sandbox.stop();
  const db = new DatabaseSync(join(state, 'concierge.sqlite'));
  const keys = db.prepare("SELECT key FROM documents WHERE key LIKE 'ledger%' OR key LIKE 'count%'").all();
  db.prepare("UPDATE documents SET value = replace(value, 'milestones', 'milestonez')").run();
  db.prepare("UPDATE documents SET value = substr(value, 1, 20) WHERE key LIKE 'ledger%'").run();
  db.close();
  expect(keys).toHaveLength(2);
  const start = botAt('2025-05-08T00:00:00Z', { state });
  await expect(start).rejects.toThrow(
    /is damaged: 2 of its documents cannot be read \(.+\)\. Restore a copy/,
  );
  for (const { key } of keys) await expect(start).rejects.toThrow(String(key));
});
