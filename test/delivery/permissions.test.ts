import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import {
  added,
  botAt,
  CHANNEL_REFUSED,
  said,
  temporaryFolder,
  times,
} from '../commands/countdown/support.ts';

const START = '2025-06-05T12:00:00Z';
const COUNTDOWN = 'release:ballerina/release/theatrical/us channel:releases time:13:00 milestones:1,0';
const END = '2025-06-07T00:00:00Z';

/** The requests to channels of the server. The others are messages to the person who added a silent countdown. */
const requests = async (sandbox: Sandbox) =>
  ((await sandbox.counters()).requests['POST /channels/:id/messages'] ?? 0) -
  (await sandbox.directs('winston')).length;

/** A countdown whose channel was closed to the bot before its first post. */
async function closed(permission: string, state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt(START, { state });
  await added(sandbox, COUNTDOWN);
  await sandbox.world({ deny: { channel: 'releases', permission } });
  await sandbox.turn('2025-06-05T14:00:00Z');
  expect(await times(sandbox)).toEqual([]);
  return sandbox;
}

test.each([
  ['SendMessages', '**Send Messages**'],
  ['ViewChannel', '**View Channel**'],
])(
  'without %s the list says why it is silent and what to grant; granted, it posts',
  async (permission, grant) => {
    const sandbox = await closed(permission);
    const listed = await said(sandbox, '/countdown list');
    expect(listed).toMatch(CHANNEL_REFUSED);
    expect(listed).toContain(grant);
    await sandbox.world({ allow: { channel: 'releases', permission } });
    await sandbox.turn('2025-06-05T14:05:00Z');
    expect(await times(sandbox)).toEqual([expect.stringMatching(/^2025-06-05T14:0/)]);
    expect(await said(sandbox, '/countdown list')).not.toMatch(CHANNEL_REFUSED);
    await sandbox.turn(END);
    expect(await times(sandbox)).toHaveLength(2);
  },
);

test('a channel that refused gets no other post, and does not delay others', async () => {
  const sandbox = await closed('SendMessages');
  await added(sandbox, COUNTDOWN.replace('channel:releases', 'channel:general'));
  // The one post was refused with its picture, and without.
  expect(await requests(sandbox)).toBe(2);
  await sandbox.turn(END);
  expect(await times(sandbox, 'general')).toEqual(['2025-06-06T13:00Z']);
  expect(await requests(sandbox)).toBe(3);
});

test('a start resumes a countdown whose channel was allowed again meanwhile', async () => {
  const state = temporaryFolder();
  await (await closed('SendMessages', state)).stop();
  const discord = await botAt('2025-06-05T14:00:00Z', { state, serverOnly: true });
  await discord.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await discord.stop();
  const sandbox = await botAt('2025-06-05T15:00:00Z', { state });
  await sandbox.turn('2025-06-05T16:00:00Z');
  expect(await times(sandbox)).toHaveLength(1);
});

test('a channel that still refuses after a restart gets one more request at most', async () => {
  const state = temporaryFolder();
  await (await closed('SendMessages', state)).stop();
  const sandbox = await botAt('2025-06-05T15:00:00Z', { state });
  await sandbox.turn(END);
  expect(await requests(sandbox)).toBeLessThanOrEqual(1);
});

test('a changed role makes a silenced countdown retry', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages', for: '@everyone' } });
  await sandbox.turn('2025-06-05T14:00:00Z');
  expect(await said(sandbox, '/countdown list')).toContain('**Send Messages**');
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages', for: '@everyone' } });
  await sandbox.turn('2025-06-05T14:05:00Z');
  expect(await times(sandbox)).toHaveLength(1);
});

test('a deleted channel is reported and gets one request', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.world({ deleteChannel: 'releases' });
  await sandbox.turn(END);
  expect(await requests(sandbox)).toBeLessThanOrEqual(1);
  expect(await said(sandbox, '/countdown list')).toContain('is gone');
});

test.each([
  ['an HTML page with status 403', { status: 403, html: true }],
  ['an HTML page with status 404', { status: 404, html: true }],
  ['an HTML page with status 400', { status: 400, html: true }],
  ['a code that speaks of the account', { status: 403, code: 40003 }],
  ['a block of the network', { status: 403, code: 40333 }],
  ['one stray refusal (50001)', { status: 403, code: 50001 }],
  ['an unknown code', { status: 403, code: 99999 }],
] as const)('%s silences no countdown: the post is made afterwards', async (_, does) => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 'always', does }]);
  await sandbox.turn('2025-06-05T14:00:00Z');
  expect(await times(sandbox)).toEqual([]);
  expect(await said(sandbox, '/countdown list')).not.toMatch(CHANNEL_REFUSED);
  await sandbox.faults([]);
  await sandbox.turn(END);
  expect(await times(sandbox)).toHaveLength(2);
});

test.each([
  [50035, 'a bug in the bot'],
  [200000, 'AutoMod in this server'],
  [240000, 'a link in it harmful'],
])('code %i skips this one post, /countdown status says why, and the next is made', async (code, why) => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 400, code } }]);
  await sandbox.turn('2025-06-05T14:00:00Z');
  expect(await requests(sandbox)).toBe(1);
  const status = await said(sandbox, '/countdown status');
  expect(status).toMatch(/Skipped a post <t:.*\. Discord refused.*Nothing has been posted yet/);
  expect(status).toContain(why);
  await sandbox.turn(END);
  expect(await times(sandbox)).toEqual(['2025-06-06T13:00Z']);
  expect(await said(sandbox, '/countdown status')).not.toContain('Skipped a post');
});

test('a post refused for its content does not stop the other countdowns of the channel', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await added(sandbox, 'title:Party date:2025-06-05 time:13:00 milestones:0 channel:releases');
  const refusal = { status: 400, code: 200000 };
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: refusal }]);
  await sandbox.turn('2025-06-05T14:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-05T13:00Z']);
  const status = await said(sandbox, '/countdown status');
  expect(status.match(/AutoMod/g)).toHaveLength(1);
  expect(status).not.toMatch(CHANNEL_REFUSED);
});

test('a countdown that is removed and added again after a refusal is posted', async () => {
  const sandbox = await closed('SendMessages');
  const { choices = [] } = await sandbox.autocomplete('/countdown remove countdown:');
  await said(sandbox, `/countdown remove countdown:${choices[0]?.value}`);
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await added(sandbox, COUNTDOWN);
  await sandbox.turn(END);
  expect(await times(sandbox)).toEqual(['2025-06-06T13:00Z']);
});
