import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { holderOf } from '../store/support.ts';
import { startMove } from './support.ts';

/** Nothing listens there, so a move that tries to connect waits. */
const NOWHERE = 'postgres://bot:a-secret-password@127.0.0.1:9/concierge';

async function createFile(): Promise<string> {
  const path = join(temporaryFolder(), 'bot.sqlite');
  await openSqliteStore(path, { postsPerSecond: 1 }).close();
  return path;
}

test.each([
  ['no arguments', [], ['Say what to move where']],
  ['one argument', ['sqlite:bot.sqlite'], ['Say what to move where']],
  ['a third argument', ['sqlite:package.json', NOWHERE, 'now'], ['Say what to move where']],
  ['its arguments swapped', [NOWHERE, 'sqlite:bot.sqlite'], ['The first must', 'The second must']],
  ['no file', ['bot.sqlite', NOWHERE], ['The first must']],
  ['a missing file', ['sqlite:there/is/none.sqlite', NOWHERE], ['There is no such file']],
  [
    'an invalid address',
    ['sqlite:package.json', 'postgres://bot:a-secret-password#@h/d'],
    ['The second is not an address'],
  ],
  ['two files', ['sqlite:package.json', 'sqlite:bot.sqlite'], ['The second must']],
])('a move with %s is refused with one sentence for each mistake', async (_, args, sentences) => {
  const { code, out, errors } = await startMove(...args).ended;
  const lines = errors.trim().split('\n');
  expect([code, out, lines]).toEqual([1, '', sentences.map((sentence) => expect.stringContaining(sentence))]);
  expect(errors).not.toContain('a-secret-password');
  expect(existsSync('there/is/none.sqlite')).toBe(false);
});

test('a file that a running bot has open is refused with the process id', async () => {
  const path = await createFile();
  const { pid } = await holderOf(path);
  const { code, out, errors } = await startMove(`sqlite:${path}`, NOWHERE).ended;
  expect([code, out]).toEqual([1, '']);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringContaining(`(process ${pid}). Stop that one first.`),
  ]);
});

test('a file that is no database is refused', async () => {
  const path = join(temporaryFolder(), 'bot.sqlite');
  writeFileSync(path, 'nothing of the kind, nothing of the kind, nothing of the kind');
  const { code, errors } = await startMove(`sqlite:${path}`, NOWHERE).ended;
  expect(code).toBe(1);
  expect(errors.trim().split('\n')).toEqual([expect.stringContaining('is not a database')]);
});
