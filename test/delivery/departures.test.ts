import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import {
  added,
  botAt,
  posts,
  rowsOfCountdowns,
  said,
  temporaryFolder,
} from '../commands/countdown/support.ts';
import { buttonsIn } from '../support.ts';

const HOME = 'The Continental';
const RELEASE = 'release:ballerina/release/theatrical/us';
/** The first milestone falls due at 09:00 on May 7, 2025. */
const START = '2025-05-07T00:00:00Z';
const OPTIONS = `${RELEASE} channel:releases milestones:30,7,1,0`;

async function withCountdown(state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt(START, { state });
  await added(sandbox, OPTIONS);
  return sandbox;
}

/** A bot in so many servers, each with a countdown; and the ids of the servers, the first one's last. */
async function inServers(count: number, options: SandboxOptions = {}) {
  const state = temporaryFolder();
  const sandbox = await botAt(START, { state, ...options });
  const { guilds } = await sandbox.world({ guilds: count });
  const ids = guilds.map(({ id }) => id).reverse();
  for (const guild of ids) await added(sandbox, `${RELEASE} channel:general milestones:0`, { guild });
  return { state, sandbox, ids };
}

/** The servers of which something is stored, once the sandbox has stopped. */
async function stored(sandbox: Sandbox, state: string, ids: readonly string[]): Promise<number> {
  await sandbox.stop();
  const rows = rowsOfCountdowns(state).filter((row) => row.includes('countdowns::'));
  return ids.filter((id) => rows.some((row) => row.includes(id))).length;
}

const asked = async (sandbox: Sandbox) => (await sandbox.counters()).requests['GET /guilds/:id'] ?? 0;

test('the data of a server that removed the bot stays for 24 hours, and then it is erased', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-07T23:59:00Z');
  await sandbox.stop();
  expect(rowsOfCountdowns(state).length).toBeGreaterThan(3);
  const back = await botAt('2025-05-08T00:05:00Z', { state });
  await back.turn('2025-05-08T00:10:00Z');
  await back.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('a restart during the 24 hours does not begin them again', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-07T12:00:00Z');
  await sandbox.stop();
  const back = await botAt('2025-05-07T12:00:00Z', { state });
  await back.turn('2025-05-08T00:05:00Z');
  await back.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('a READY that lists no servers erases nothing and holds up no post', async () => {
  const state = temporaryFolder();
  await (await withCountdown(state)).stop();
  const discord = await botAt(START, { state, serverOnly: true });
  await discord.world({ emptyReady: true });
  await discord.stop();
  const back = await botAt(START, { state });
  await back.turn('2025-05-07T00:01:00Z');
  expect(await asked(back)).toBe(1);
  await back.turn('2025-05-31T00:00:00Z');
  expect(await posts(back)).toHaveLength(2);
  expect(await said(back, '/countdown list')).toContain('1 of 25');
});

test.each([
  ['a server error', { status: 500 }],
  ['an HTML page in place of Discord’s answer', { status: 404, html: true }],
  ['another code', { status: 403, code: 50001 }],
] as const)('%s to the question whether the bot is a member erases nothing', async (_, does) => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  await sandbox.faults([{ route: 'GET /guilds/*', times: 'always', does }]);
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-08T06:00:00Z');
  await sandbox.stop();
  expect(rowsOfCountdowns(state).length).toBeGreaterThan(1);
});

test('an unknown server whose channels Discord shows is not gone', async () => {
  const sandbox = await withCountdown();
  const { guilds } = await sandbox.state();
  const does = { status: 404, code: 10004 };
  await sandbox.faults([{ route: `GET /guilds/${guilds[0]?.id}`, times: 'always', does }]);
  await sandbox.world({ emptyReady: true });
  await sandbox.faults([
    { route: `GET /guilds/${guilds[0]?.id}`, times: 'always', does },
    { gateway: { invalidSession: true } },
  ]);
  await expect.poll(() => asked(sandbox), { timeout: 30_000 }).toBeGreaterThan(0);
  await sandbox.turn('2025-05-10T00:00:00Z');
  expect(await posts(sandbox)).toHaveLength(1);
});

test('a removal during a lost session is noticed without a restart', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  const before = (await sandbox.counters()).identifies;
  await sandbox.faults([{ gateway: { invalidSession: true } }]);
  await sandbox.world({ removeBot: HOME });
  await expect
    .poll(async () => (await sandbox.counters()).identifies, { timeout: 30_000 })
    .toBeGreaterThan(before);
  await expect.poll(() => asked(sandbox), { timeout: 30_000 }).toBeGreaterThan(0);
  await sandbox.turn('2025-05-08T00:05:00Z');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('nothing is requested from a server that removed the bot, and nothing is lost', async () => {
  const sandbox = await withCountdown();
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-07T12:00:00Z');
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBeUndefined();
  await sandbox.world({ addBot: HOME });
  await sandbox.turn('2025-05-07T12:01:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringMatching(/^2025-05-07T12:0\dZ /)]);
});

test('a bot that is invited again within 24 hours finds everything, and tells an admin once', async () => {
  const sandbox = await withCountdown();
  await sandbox.turn('2025-05-07T10:00:00Z');
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-08T09:00:00Z');
  await sandbox.world({ addBot: HOME });
  await sandbox.turn('2025-05-08T09:01:00Z');
  const [first, second] = [await said(sandbox, '/countdown list'), await said(sandbox, '/countdown list')];
  expect(first).toMatch(
    /^I’m back after I was removed from this server on <t:\d+:F>.*Your countdown is still here/,
  );
  expect(first).toContain('1 of 25');
  expect(second).not.toContain('I’m back');
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect(await posts(sandbox)).toHaveLength(4);
});

test('a member without Manage Server does not use up the note for admins', async () => {
  const sandbox = await withCountdown();
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-07T01:00:00Z');
  await sandbox.world({ addBot: HOME });
  await sandbox.turn('2025-05-07T01:01:00Z');
  expect(await said(sandbox, '/countdown list', { user: 'john' })).not.toContain('I’m back');
  expect(await said(sandbox, '/countdown list')).toContain('I’m back');
});

test('an admin’s wish erases at once, also what is known of a departure', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  await sandbox.world({ removeBot: HOME });
  await sandbox.turn('2025-05-07T01:00:00Z');
  await sandbox.world({ addBot: HOME });
  await sandbox.turn('2025-05-07T01:01:00Z');
  const answer = await sandbox.command('/concierge forget');
  const [confirm] = buttonsIn(answer);
  await sandbox.click({ message: answer.reply?.id ?? '', customId: confirm?.customId ?? '' });
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('one of three servers may be erased; two at once are kept', async () => {
  const one = await inServers(3);
  await one.sandbox.world({ removeBot: one.ids[0] ?? '' });
  await one.sandbox.turn('2025-05-08T01:00:00Z');
  expect(await stored(one.sandbox, one.state, one.ids)).toBe(2);

  const two = await inServers(3);
  for (const id of two.ids.slice(0, 2)) await two.sandbox.world({ removeBot: id });
  await two.sandbox.turn('2025-05-10T00:00:00Z');
  expect(await stored(two.sandbox, two.state, two.ids)).toBe(3);
});

test('two of three servers that leave two hours apart are both erased', async () => {
  const { sandbox, state, ids } = await inServers(3);
  await sandbox.world({ removeBot: ids[0] ?? '' });
  await sandbox.turn('2025-05-07T02:00:00Z');
  await sandbox.world({ removeBot: ids[1] ?? '' });
  await sandbox.turn('2025-05-08T03:00:00Z');
  expect(await stored(sandbox, state, ids)).toBe(1);
});

test('the operator may allow more servers to be erased at once', async () => {
  const { sandbox, state, ids } = await inServers(3, { env: { MAX_ERASED_AT_ONCE: '2' } });
  for (const id of ids.slice(0, 2)) await sandbox.world({ removeBot: id });
  await sandbox.turn('2025-05-08T01:00:00Z');
  expect(await stored(sandbox, state, ids)).toBe(1);
});

test('too many servers that are gone at once are an error in the log, and in /readyz', async () => {
  const lines: { msg: string; level: number; url?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { sandbox, ids } = await inServers(3, { log, env: { OPS_PORT: '0' } });
  const url = lines.find(({ msg }) => msg === 'listening for operators')?.url;
  const readiness = async () => (await fetch(`${url}/readyz`)).json();
  expect(await readiness()).not.toHaveProperty('erasure');
  for (const id of ids.slice(0, 2)) await sandbox.world({ removeBot: id });
  await sandbox.turn('2025-05-07T01:00:00Z');
  // The bot works: taking it out of service would help nobody.
  expect(await readiness()).toMatchObject({
    ready: true,
    erasure: '2 servers are gone at once, and at most 1 may be erased: their data is kept',
  });
  expect(lines.filter(({ level }) => level >= 50)).toMatchObject([
    { msg: 'too many servers are gone at once, not erasing their data: see MAX_ERASED_AT_ONCE' },
  ]);
});
