import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { added, botAt, rowsOfCountdowns, said, storedRows, temporaryFolder } from './support.ts';

async function withCountdowns(state: string): Promise<Sandbox> {
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases milestones:30,7,0');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:general role:High Table');
  await sandbox.turn('2025-05-10T00:00:00Z');
  expect(await sandbox.messages('releases')).toHaveLength(1);
  return sandbox;
}

async function ids(sandbox: Sandbox): Promise<string[]> {
  const { guilds } = await sandbox.state();
  const messages = await sandbox.messages('releases');
  return [
    ...guilds.flatMap(({ id, channels }) => [id, ...channels.map((channel) => channel.id)]),
    messages[0]?.id ?? '',
  ];
}

test('removing the bot from a server deletes everything stored about that server a day later', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdowns(state);
  await sandbox.world({ removeBot: 'The Continental' });
  await sandbox.turn('2025-05-11T00:05:00Z');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('deleted server data cannot be read in the database file', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdowns(state);
  const known = await ids(sandbox);
  await sandbox.world({ removeBot: 'The Continental' });
  await sandbox.turn('2025-05-11T00:05:00Z');
  await sandbox.stop();
  const files = readdirSync(state).filter((file) => file.startsWith('concierge'));
  const bytes = files.map((file) => readFileSync(join(state, file), 'latin1')).join('');
  expect(known.filter((id) => bytes.includes(id))).toEqual([]);
});

test('/countdown remove deletes the stored records of the countdown after 15 minutes', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  await sandbox.turn('2025-05-10T00:00:00Z');
  const { choices = [] } = await sandbox.autocomplete('/countdown remove countdown:');
  const id = String(choices[0]?.value);
  await said(sandbox, `/countdown remove countdown:${id}`);
  await sandbox.turn('2025-05-10T00:16:00Z');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes(id))).toEqual([]);
});

test('an outage of a server deletes no countdowns', async () => {
  const sandbox = await withCountdowns(temporaryFolder());
  await sandbox.world({ outage: 'The Continental' });
  await sandbox.turn('2025-05-11T00:00:00Z');
  await sandbox.world({ endOutage: 'The Continental' });
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await sandbox.messages('releases')).toHaveLength(3);
});

test('a bot removed from a server while offline deletes its data a day after the next start', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdowns(state);
  await sandbox.stop();
  const discord = await botAt('2025-05-11T00:00:00Z', { state, serverOnly: true });
  await discord.world({ removeBot: 'The Continental' });
  await discord.stop();
  const back = await botAt('2025-05-12T00:00:00Z', { state });
  await back.turn('2025-05-13T00:05:00Z');
  await back.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('a bot that starts during a server outage becomes ready and deletes nothing', async () => {
  const state = temporaryFolder();
  await (await withCountdowns(state)).stop();
  const discord = await botAt('2025-05-11T00:00:00Z', { state, serverOnly: true });
  await discord.world({ outage: 'The Continental' });
  await discord.stop();
  // No timer ends: a bot that waited for the server would never be ready.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const back = await botAt('2025-05-12T00:00:00Z', { state });
  vi.useRealTimers();
  await back.turn('2025-05-13T00:00:00Z');
  await back.stop();
  expect(rowsOfCountdowns(state).length).toBeGreaterThan(3);
});
