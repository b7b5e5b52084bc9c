import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createDocuments } from '../../src/store/documents.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteDocuments } from '../../src/store/sqlite/documents.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { holderOf } from './support.ts';

const file = () => join(temporaryFolder(), 'concierge.sqlite');

function open(path: string) {
  const sqlite = openSqlite(path);
  let closed = false;
  const close = () => {
    if (!closed) sqlite.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...sqlite, close };
}

/** A database with enough in it to fill several pages. */
function filled(path: string): void {
  const { db, close } = open(path);
  for (let number = 0; number < 200; number += 1)
    db.prepare('INSERT INTO documents VALUES (?, ?)').run(`key-${number}`, 'x'.repeat(200));
  close();
}

const opening = (path: string) => {
  try {
    open(path);
    return 'opened';
  } catch (error) {
    return String(error);
  }
};

test('a second process cannot open an SQLite file, and is told which process holds it', async () => {
  const path = file();
  const { pid } = await holderOf(path);
  expect(opening(path)).toMatch(new RegExp(`in use by another process \\(process ${pid}\\)`));
});

test('a second process cannot open an SQLite file to which the first has not written yet', async () => {
  const path = file();
  open(path).close();
  const { pid } = await holderOf(path);
  expect(opening(path)).toContain(`(process ${pid})`);
});

test('the files of a killed process do not block the next start', async () => {
  const path = file();
  const holder = await holderOf(path);
  await holder.kill();
  expect(existsSync(`${path}.pid`)).toBe(true);
  expect(opening(path)).toBe('opened');
  expect(readFileSync(`${path}.pid`, 'utf8').trim()).toBe(String(process.pid));
});

test('a process cannot open the same SQLite file twice', () => {
  const path = file();
  open(path);
  expect(opening(path)).toContain('in use');
});

test('a closed SQLite database leaves only its file', () => {
  const path = file();
  filled(path);
  for (const ending of ['.pid', '-wal', '-shm', '-journal']) expect(existsSync(path + ending)).toBe(false);
});

test('a file that is not a database is refused, unchanged', () => {
  const path = file();
  const text = 'Dear diary, today I watched John Wick again. '.repeat(100);
  writeFileSync(path, text);
  expect(opening(path)).toMatch(/is not a database, or it is damaged/);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.each([
  ['whose first page is garbage', 0, 4096],
  ['whose later pages are garbage', 4096, Number.POSITIVE_INFINITY],
])('a database %s is not opened', (_, from, to) => {
  const path = file();
  filled(path);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, from, Math.min(to, bytes.length));
  writeFileSync(path, bytes);
  expect(opening(path)).toMatch(/is not a database, or it is damaged/);
});

test('a truncated SQLite database is refused', () => {
  const path = file();
  filled(path);
  truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
  expect(opening(path)).toMatch(/is not a database, or it is damaged/);
});

test('an SQLite file of another program is recognised by its tables', () => {
  const path = file();
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE due (something TEXT)');
  other.close();
  expect(opening(path)).toMatch(/cannot be opened|is not a database/);
});

test.each([
  ['in a folder that does not exist', (folder: string) => join(folder, 'nowhere', 'x.sqlite')],
  ['that is a folder', (folder: string) => folder],
  ['in what is a file', (folder: string) => join(folder, 'a-file', 'x.sqlite')],
  ['where nobody may write', () => '/proc/concierge.sqlite'],
])('a database %s is refused in one sentence', (_, place) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a-file'), '');
  const said = opening(place(folder));
  expect(said).toMatch(
    /^StartError: The database \S+ cannot be opened \(.+\)\. Check that its folder exists/,
  );
});

test.skipIf(process.getuid?.() === 0)('a read-only folder is refused in one sentence', () => {
  const folder = join(temporaryFolder(), 'locked');
  mkdirSync(folder, { mode: 0o500 });
  expect(opening(join(folder, 'x.sqlite'))).toContain('cannot be opened');
});

test('a write to SQLite is on the disk before it returns', async () => {
  const path = file();
  const { db } = open(path);
  expect(db.prepare('PRAGMA synchronous').get()?.['synchronous']).toBe(2);
  await createDocuments(() => createSqliteDocuments(db))('x', {
    safeParse: (data: unknown) => ({ success: true, data }),
  } as never).set('id', { kept: 'this' } as never);
  const wal = readFileSync(`${path}-wal`, 'latin1');
  expect(wal).toContain('this');
});
