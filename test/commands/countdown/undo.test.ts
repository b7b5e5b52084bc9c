import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { press, textIn } from '../../support.ts';
import { added, botAt, labelsIn, posts, rowsOfCountdowns, said, temporaryFolder, times } from './support.ts';

const START = '2025-05-01T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
const PARTY = 'title:Party date:2025-06-01 channel:releases milestones:7,1,0';
const add = (sandbox: Sandbox, options: string) => sandbox.command(`/countdown add ${options}`);
const list = (sandbox: Sandbox) => said(sandbox, '/countdown list');

test('Added, Changed and Restored carry Preview, Edit and Undo; Removed carries Undo', async () => {
  const sandbox = await botAt(START);
  const buttons = ['Preview', 'Edit', 'Undo'];
  expect(labelsIn((await add(sandbox, BALLERINA)).reply)).toEqual(buttons);
  const changed = await sandbox.command('/countdown edit countdown:Ballerina time:15:30');
  expect(labelsIn(changed.reply)).toEqual(buttons);
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  expect(labelsIn(removed.reply)).toEqual(['Undo']);
  const restored = await press(sandbox, removed, 'Undo');
  expect(textIn(restored)).toMatch(/^Countdown restored/);
  expect(labelsIn(restored.reply)).toEqual(buttons);
});

test('the reply to a change says what was changed, old and new, and nothing else', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  const text = await said(
    sandbox,
    '/countdown edit countdown:Party title:Gala date:2025-06-02 time:15:30 role:High Table channel:general',
  );
  const lines = text.split('\n').filter((line) => line.includes('→'));
  expect(lines).toEqual([
    'Title: Party → Gala',
    'Date: June 1, 2025 → June 2, 2025',
    expect.stringMatching(/^Channel: <#\d+> → <#\d+>$/),
    'Time of the posts: 09:00 → 15:30',
    expect.stringMatching(/^Role: none → <@&\d+>$/),
  ]);
});

test('Preview opens below the reply, which keeps its buttons', async () => {
  const sandbox = await botAt(START);
  const answer = await add(sandbox, BALLERINA);
  const preview = await press(sandbox, answer, 'Preview');
  expect(preview.reply?.id).not.toBe(answer.reply?.id);
  expect(textIn(preview)).toContain('7 days left');
  const next = await press(sandbox, preview, 'Next ›');
  expect(next.reply?.id).toBe(preview.reply?.id);
  expect(textIn(await press(sandbox, answer, 'Undo'))).toContain('Removed');
});

test('Undo of an added countdown removes it, and its own Undo brings it back', async () => {
  const sandbox = await botAt(START);
  const answer = await add(sandbox, BALLERINA);
  const before = await list(sandbox);
  const removed = await press(sandbox, answer, 'Undo');
  expect(textIn(removed)).toContain('It won’t post any more');
  expect(await list(sandbox)).toContain('no countdowns yet');
  await press(sandbox, removed, 'Undo');
  expect(await list(sandbox)).toBe(before);
});

test('Undo of an added countdown is refused once it was changed', async () => {
  const sandbox = await botAt(START);
  const answer = await add(sandbox, BALLERINA);
  await said(sandbox, '/countdown edit countdown:Ballerina time:15:30');
  expect(textIn(await press(sandbox, answer, 'Undo'))).toContain('has been changed since then');
  expect(await list(sandbox)).toContain('15:30');
});

test.each([
  ['time and milestones', BALLERINA, 'time:15:30 milestones:3'],
  ['the channel', BALLERINA, 'channel:general'],
  ['an announced move of an own date', PARTY, 'date:2025-06-05 tell:true'],
])('Undo of a change of %s leaves the posts as if nothing was changed', async (_, options, change) => {
  const sandbox = await botAt(START);
  await added(sandbox, options);
  const before = await list(sandbox);
  const name = options === PARTY ? 'Party' : 'Ballerina';
  const changed = await sandbox.command(`/countdown edit countdown:${name} ${change}`);
  expect(await list(sandbox)).not.toBe(before);
  const undone = await press(sandbox, changed, 'Undo');
  expect(textIn(undone)).toMatch(/^Change undone/);
  expect(await list(sandbox)).toBe(before);
  await sandbox.turn('2025-06-10T00:00:00Z');
  const days = options === PARTY ? ['05-25', '05-31', '06-01'] : ['05-30', '06-05', '06-06'];
  expect(await times(sandbox)).toEqual(days.map((day) => `2025-${day}T09:00Z`));
  expect((await posts(sandbox)).join()).not.toContain('moved');
  expect(await times(sandbox, 'general')).toEqual([]);
});

test('Undo of a move that the channel was told of says that the date moved back', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  const changed = await sandbox.command('/countdown edit countdown:Party date:2025-06-05 tell:true');
  await sandbox.turn('2025-05-02T00:00:00Z');
  await press(sandbox, changed, 'Undo');
  await sandbox.turn('2025-05-03T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(/from June 1, 2025 to \*\*June 5, 2025/),
    expect.stringMatching(/from June 5, 2025 to \*\*June 1, 2025/),
  ]);
});

test('an undone change can be made again, and pressing twice changes nothing more', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  const changed = await sandbox.command('/countdown edit countdown:Ballerina time:15:30');
  const both = await Promise.all([press(sandbox, changed, 'Undo'), press(sandbox, changed, 'Undo')]);
  const texts = both.map(textIn);
  expect(texts.filter((text) => text.includes('has been changed since then'))).toHaveLength(1);
  expect(await list(sandbox)).toContain('09:00');
  const again = await sandbox.command('/countdown edit countdown:Ballerina time:15:30');
  const undone = await press(sandbox, again, 'Undo');
  expect(textIn(undone)).toContain('15:30 → 09:00');
  await press(sandbox, undone, 'Undo');
  expect(await list(sandbox)).toContain('15:30');
});

test('Undo is refused once somebody else has changed or removed the countdown', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  const first = await sandbox.command('/countdown edit countdown:Ballerina time:15:30');
  const second = await sandbox.command('/countdown edit countdown:Ballerina milestones:3');
  const before = await list(sandbox);
  expect(textIn(await press(sandbox, first, 'Undo'))).toContain('has been changed since then');
  expect(await list(sandbox)).toBe(before);
  await said(sandbox, '/countdown remove countdown:Ballerina');
  expect(textIn(await press(sandbox, second, 'Undo'))).toContain('just removed this countdown');
});

test('Undo of a pause posts what fell due in between', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-30T08:00:00Z');
  const paused = await sandbox.command('/countdown pause countdown:Ballerina');
  await sandbox.turn('2025-05-30T10:00:00Z');
  expect(await times(sandbox)).toEqual([]);
  await press(sandbox, paused, 'Undo');
  await sandbox.turn('2025-05-30T11:00:00Z');
  expect(await times(sandbox)).toEqual([expect.stringMatching(/^2025-05-30T10:0/)]);
});

test('a removed countdown is in no list, and Undo brings back what it has posted', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-01T00:01:00Z');
  await added(sandbox, PARTY.replace('releases', 'general'));
  await sandbox.turn('2025-05-30T10:00:00Z');
  const before = [await list(sandbox), await said(sandbox, '/countdown status')];
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  for (const command of ['/countdown list', '/countdown status', '/countdowns'])
    expect(await said(sandbox, command)).not.toContain('Ballerina');
  await press(sandbox, removed, 'Undo');
  expect([await list(sandbox), await said(sandbox, '/countdown status')]).toEqual(before);
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T09:00Z', '2025-06-05T09:00Z', '2025-06-06T09:00Z']);
});

test('after 15 minutes a removal cannot be undone, and nothing of the countdown is stored', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt(START, { state });
  await added(sandbox, BALLERINA);
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  await sandbox.turn('2025-05-01T00:20:00Z');
  expect(textIn(await press(sandbox, removed, 'Undo'))).toContain('too late to undo');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('a removal is cleaned up by the next start, also where the bot was killed in between', async () => {
  const state = temporaryFolder();
  const first = await botAt(START, { state });
  await added(first, BALLERINA);
  await said(first, '/countdown remove countdown:Ballerina');
  await first.kill();
  const second = await botAt('2025-05-01T01:00:00Z', { state });
  await second.turn('2025-05-01T01:01:00Z');
  await second.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('Undo of a removal is refused where the same countdown is there again', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  await added(sandbox, BALLERINA);
  expect(textIn(await press(sandbox, removed, 'Undo'))).toContain('already has that countdown');
});

test('Undo of a removal is refused where the server is full', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  for (let number = 1; number <= 25; number += 1)
    await added(sandbox, `title:Party ${number} date:2025-06-01 channel:releases`);
  expect(textIn(await press(sandbox, removed, 'Undo'))).toContain('already has 25 countdowns');
});

test('Undo is refused to a member who has lost Manage Server', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  const user = 'charon';
  const answer = await sandbox.command({ text: `/countdown add ${PARTY}`, user });
  const changed = await sandbox.command({ text: '/countdown edit countdown:Party time:10:00', user });
  const other = await sandbox.command({ text: `/countdown add ${PARTY.replace('Party', 'Gala')}`, user });
  const removed = await sandbox.command({ text: '/countdown remove countdown:Party', user });
  await sandbox.world({ deleteRole: 'Manager' });
  for (const reply of [answer, changed, removed])
    expect(textIn(await press(sandbox, reply, 'Undo'))).toContain('**Manage Server**');
  expect(textIn(await press(sandbox, other, 'Edit'))).toContain('**Manage Server**');
});

test('forgetting the server erases a removed countdown too', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt(START, { state });
  await added(sandbox, BALLERINA);
  const removed = await sandbox.command('/countdown remove countdown:Ballerina');
  await press(sandbox, await sandbox.command('/concierge forget'), 'Erase everything');
  expect(textIn(await press(sandbox, removed, 'Undo'))).toContain('too late');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});
