import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { storedKinds } from '../../src/privacy/kinds.ts';
import { botAt, rowsOfCountdowns, said, temporaryFolder } from '../commands/countdown/support.ts';
import { buttonsIn } from '../support.ts';

/** A server and a person with everything that can be stored about them. */
async function withEverything(state: string): Promise<Sandbox> {
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  const order = 'release:ballerina/release/theatrical/us';
  await said(sandbox, `/countdown add ${order} channel:releases milestones:30,7,0`);
  await said(sandbox, `/countdown add ${order} channel:general role:High Table`);
  await said(sandbox, `/remind me ${order} milestones:30,7,0 timezone:Europe/Berlin`, { user: 'john' });
  await sandbox.turn('2025-05-10T00:00:00Z');
  expect(await sandbox.messages('releases')).toHaveLength(1);
  expect(await sandbox.directs('john')).toHaveLength(1);
  return sandbox;
}

async function forget(sandbox: Sandbox, scene: { user?: string; context?: 'dm' }): Promise<void> {
  const asked = await sandbox.command({ text: '/concierge forget', ...scene });
  const [confirm] = buttonsIn(asked);
  const { user } = scene;
  const click = { message: asked.reply?.id ?? '', customId: confirm?.customId ?? '', ...(user && { user }) };
  const done = await sandbox.click(click);
  expect(done.reply?.content).toContain('Erased');
}

test('the database holds only the kinds and columns that are declared as stored', async () => {
  const state = temporaryFolder();
  await (await withEverything(state)).stop();
  const db = new DatabaseSync(join(state, 'concierge.sqlite'));
  const keys = db.prepare('SELECT key FROM documents').all();
  const kinds = new Set(keys.map(({ key }) => String(key).split('::')[0]));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const columnsOf = (table: string) =>
    db
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => name);
  const columns = { due: columnsOf('due'), commits: columnsOf('commits') };
  db.close();
  const told = new Map(
    storedKinds().map(({ kind, fields }) => [String(kind), fields.map(({ path }) => path)]),
  );
  expect([...kinds].filter((kind) => !told.has(String(kind)))).toEqual([]);
  expect(tables.map(({ name }) => name).toSorted()).toEqual(['commits', 'documents', 'due']);
  expect(told.get('due')).toEqual(columns.due);
  expect(told.get('commits')).toEqual(columns.commits);
});

test('forgetting a server and a person leaves nothing of them in the store', async () => {
  const state = temporaryFolder();
  const sandbox = await withEverything(state);
  const { guilds } = await sandbox.state();
  const known = guilds.flatMap(({ id, channels, members, roles }) => [
    id,
    ...[...channels, ...members, ...roles].map((item) => item.id),
  ]);
  const [direct] = await sandbox.directs('john');
  const bot = guilds[0]?.members.find((member) => member.bot)?.id;
  await forget(sandbox, {});
  await forget(sandbox, { user: 'john', context: 'dm' });
  await sandbox.turn('2025-05-11T00:00:00Z');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
  const files = readdirSync(state).filter((file) => file.startsWith('concierge'));
  const bytes = files.map((file) => readFileSync(join(state, file), 'latin1')).join('');
  const ids = [...known, direct?.channelId ?? ''].filter((id) => id !== bot);
  expect(ids.filter((id) => bytes.includes(id))).toEqual([]);
});

test('forgetting a person keeps the server’s countdowns', async () => {
  const sandbox = await withEverything(temporaryFolder());
  await forget(sandbox, { user: 'john', context: 'dm' });
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await sandbox.directs('john')).toHaveLength(1);
  expect(await sandbox.messages('releases')).toHaveLength(3);
});

test('removing the bot from a server keeps a person’s reminders', async () => {
  const state = temporaryFolder();
  const sandbox = await withEverything(state);
  await said(sandbox, '/remind list', { user: 'john', context: 'dm', install: 'user' });
  await sandbox.world({ removeBot: 'The Continental' });
  await sandbox.turn('2025-05-11T00:00:00Z');
  await sandbox.stop();
  const back = await botAt('2025-05-12T00:00:00Z', { state });
  await back.turn('2025-06-08T00:00:00Z');
  expect(await back.directs('john')).toHaveLength(3);
});
