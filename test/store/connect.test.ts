import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { holderOf, runMain } from './support.ts';

/** Nothing listens there: a start that gets past the database waits for it. */
const NOWHERE = { DISCORD_API_URL: 'http://127.0.0.1:9/api' };
const start = (path: string) => runMain({ ...NOWHERE, DATABASE_URL: `sqlite:${path}` });
const oneSentence = /^[^\n]+\n$/;

test('a second bot on the same database file does not start, and names the process that holds it', async () => {
  const path = join(temporaryFolder(), 'concierge.sqlite');
  const { pid } = await holderOf(path);
  const { code, output } = await start(path);
  expect(code).toBe(75);
  expect(output).toContain(`(process ${pid})`);
  expect(output).toMatch(oneSentence);
});

test('the bot does not start on a file that is not a database, and says so', async () => {
  const path = join(temporaryFolder(), 'concierge.sqlite');
  writeFileSync(path, 'nothing of the kind, nothing of the kind, nothing of the kind');
  const { code, output } = await start(path);
  expect(code).toBe(78);
  expect(output).toContain('is not a database');
  expect(output).toMatch(oneSentence);
});

test('the bot does not start if the folder of its database is missing, and says so', async () => {
  const { code, output } = await start(join(temporaryFolder(), 'missing', 'concierge.sqlite'));
  expect(code).toBe(75);
  expect(output).toContain('cannot be opened');
  expect(output).toMatch(oneSentence);
});

test('the bot does not start on a database that refuses its login, and says so without the password', async () => {
  const url = new URL(inject('postgres'));
  url.password = 'a-wrong-password';
  const { code, output } = await runMain({ ...NOWHERE, DATABASE_URL: url.href });
  expect(code).toBe(78);
  expect(output).toContain('refuses the login');
  expect(output).not.toContain('a-wrong-password');
  expect(output).toMatch(oneSentence);
});
