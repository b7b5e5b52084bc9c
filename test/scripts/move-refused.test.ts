import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../countdown/support.ts';
import { holderOf } from '../store/support.ts';
import { move } from './support.ts';

/** Nothing listens there: a move that gets as far waits for it. */
const NOWHERE = 'postgres://bot:a-secret-password@127.0.0.1:9/concierge';

async function file(): Promise<string> {
  const path = join(temporaryFolder(), 'bot.sqlite');
  await openSqliteStore(path, { postsPerSecond: 1 }).close();
  return path;
}

test.each([
  ['no arguments', [], ['Say what to move where']],
  ['one argument', ['sqlite:bot.sqlite'], ['Say what to move where']],
  ['a third', ['sqlite:package.json', NOWHERE, 'now'], ['Say what to move where']],
  ['the wrong way round', [NOWHERE, 'sqlite:bot.sqlite'], ['The first must', 'The second must']],
  ['a file that is none', ['bot.sqlite', NOWHERE], ['The first must']],
  ['a file that is not there', ['sqlite:there/is/none.sqlite', NOWHERE], ['There is no such file']],
  [
    'an address that is none',
    ['sqlite:package.json', 'postgres://bot:a-secret-password#@h/d'],
    ['The second is not an address'],
  ],
  ['two files', ['sqlite:package.json', 'sqlite:bot.sqlite'], ['The second must']],
])('%s: refused with a sentence for each fault', async (_, args, sentences) => {
  const { code, out, errors } = await move(...args).ended;
  const lines = errors.trim().split('\n');
  expect([code, out, lines]).toEqual([1, '', sentences.map((one) => expect.stringContaining(one))]);
  expect(errors).not.toContain('a-secret-password');
  expect(existsSync('there/is/none.sqlite')).toBe(false);
});

test('a file that a running bot has open is refused, and the bot is named', async () => {
  const path = await file();
  const { pid } = await holderOf(path);
  const { code, out, errors } = await move(`sqlite:${path}`, NOWHERE).ended;
  expect([code, out]).toEqual([1, '']);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringContaining(`(process ${pid}). Stop that one first.`),
  ]);
});

test('a file that is no database is refused', async () => {
  const path = join(temporaryFolder(), 'bot.sqlite');
  writeFileSync(path, 'nothing of the kind, nothing of the kind, nothing of the kind');
  const { code, errors } = await move(`sqlite:${path}`, NOWHERE).ended;
  expect(code).toBe(1);
  expect(errors.trim().split('\n')).toEqual([expect.stringContaining('is not a database')]);
});
