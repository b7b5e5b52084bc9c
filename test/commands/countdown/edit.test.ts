import { expect, test } from 'vitest';
import { added, botAt, posts, requestOf, said, temporaryFolder, times } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
const edit = '/countdown edit countdown:Ballerina';

test('/countdown edit shows the changed countdown, and its posts follow the change', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${BALLERINA} role:High Table`);
  const answer = await said(sandbox, `${edit} time:15:30 timezone:Asia/Tokyo milestones:3,0 no_role:true`);
  expect(answer).toMatch(/^Countdown changed/);
  expect(answer).toContain('at 15:30 Asia/Tokyo – 3 days before, and on the day');
  expect(answer).not.toContain('Mentions');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-03T06:30Z', '2025-06-06T06:30Z']);
  const [first] = await sandbox.messages('releases');
  expect(first && requestOf(first).allowed_mentions).toEqual({ parse: [] });
});

test('a milestone that was posted is not repeated after /countdown edit changes its time', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-30T10:00:00Z');
  expect(await said(sandbox, `${edit} time:15:00`)).not.toContain('7 days left');
  expect(await said(sandbox, '/countdown status')).toContain('1 day left');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T09:00Z', '2025-06-05T15:00Z', '2025-06-06T15:00Z']);
});

test('/countdown edit does not post milestones that are already past', async () => {
  const sandbox = await botAt('2025-05-20T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-26T12:00:00Z');
  await said(sandbox, `${edit} milestones:14,11,7,1,0`);
  await sandbox.turn('2025-05-28T00:00:00Z');
  expect(await times(sandbox)).toEqual([]);
});

test('/countdown edit to another channel posts there what the old channel refused', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deleteChannel: 'releases' });
  await sandbox.turn('2025-05-31T12:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('/countdown edit');
  const answer = await said(sandbox, `${edit} channel:general time:18:00`);
  expect(answer).toContain('is still coming');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await posts(sandbox, 'general')).toEqual([
    expect.stringMatching(/^2025-05-31T12:0.*6 days.* left/),
    expect.stringMatching(/^2025-06-05T18:00Z/),
    expect.stringMatching(/^2025-06-06T18:00Z/),
  ]);
});

test('a post with a lost response is not repeated after a change of channel', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  const lost = { status: 500, when: 'after' } as const;
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: lost }]);
  await sandbox.turn('2025-05-30T09:00:00Z');
  expect(await times(sandbox)).toHaveLength(1);
  await said(sandbox, `${edit} channel:general`);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect([await times(sandbox), await times(sandbox, 'general')]).toEqual([['2025-05-30T09:00Z'], []]);
});

test('a post that a locked thread refuses is tried again at once after /countdown edit', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  const isLocked = { status: 400, code: 160005 };
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 'always', does: isLocked }]);
  await sandbox.turn('2025-05-30T12:00:00Z');
  expect(await said(sandbox, '/countdown status')).toMatch(/The thread .* is locked/);
  await sandbox.faults([]);
  await said(sandbox, `${edit} milestones:7,2,0`);
  await sandbox.turn('2025-05-30T13:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T12:00Z']);
});

test.each([
  ['no option', '', 'Choose something to change'],
  ['both role and no_role', 'role:High Table no_role:true', 'Choose one: a `role` or `no_role`'],
  ['a date for a release', 'date:2025-08-01', 'come from the facts'],
  ['a title for a release', 'title:My party', 'come from the facts'],
  ['a word as time', 'time:late', 'I couldn’t read “late” as a time'],
  ['an unknown time zone', 'timezone:Mars', 'I don’t know the time zone “Mars”'],
  ['a language unknown to Discord', 'language:Klingon', 'I don’t know the language'],
  ['the role @everyone', 'role:@everyone', 'I can’t mention everyone'],
])('/countdown edit with %s is refused with the reason and changes nothing', async (_, options, sentence) => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  const before = await said(sandbox, '/countdown list');
  expect(await said(sandbox, `${edit} ${options}`)).toContain(sentence);
  expect(await said(sandbox, '/countdown list')).toBe(before);
});

test('/countdown edit to a channel without permission is refused and names the permission', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'general', permission: 'SendMessages' } });
  expect(await said(sandbox, `${edit} channel:general`)).toContain('**Send Messages**');
});

test('/countdown edit refuses a channel that already has the same countdown', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await added(sandbox, BALLERINA.replace('releases', 'general'));
  const { choices = [] } = await sandbox.autocomplete('/countdown edit countdown:2');
  const refused = await said(sandbox, `/countdown edit countdown:${choices[0]?.value} channel:releases`);
  expect(refused).toContain('already has that countdown');
});

test('/countdown edit changes the language of the posts by its name', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  const { choices = [] } = await sandbox.autocomplete('/countdown edit countdown:Ballerina language:brit');
  expect(choices).toEqual([{ name: 'British English', value: 'en-GB' }]);
  await said(sandbox, `${edit} language:British English`);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('6 June 2025')]);
});

test('two simultaneous /countdown edit commands both take effect', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await Promise.all([said(sandbox, `${edit} time:15:00`), said(sandbox, `${edit} milestones:2`)]);
  expect(await said(sandbox, '/countdown list')).toContain('at 15:00 UTC – 2 days before');
});

test.each([
  ['a post found in the old channel is not repeated', {}, ['2025-05-30T09:00Z'], []],
  [
    'a post lost with the old channel is made in the new one',
    { deleteChannel: 'releases' },
    undefined,
    [expect.stringMatching(/^2025-05-30T10:0/)],
  ],
  [
    'a post is not repeated if the old channel cannot be read',
    { deny: { channel: 'releases', permission: 'ViewChannel' } },
    ['2025-05-30T09:00Z'],
    [],
  ],
])('after a crash during a post and a change of channel, %s', async (_, change, before, after) => {
  const state = temporaryFolder();
  const first = await botAt('2025-05-29T00:00:00Z', { state });
  await added(first, BALLERINA);
  const does = { hang: true, when: 'after' } as const;
  await first.faults([{ route: 'POST /channels/*/messages', does }]);
  const turning = first.turn('2025-05-30T09:00:00Z').catch(() => {});
  while (!(await first.counters()).requests['POST /channels/:id/messages']) await new Promise(setImmediate);
  expect(await said(first, `${edit} channel:general`)).toMatch(/^Countdown changed/);
  await first.world(change);
  await first.kill();
  await turning;
  const second = await botAt('2025-05-30T10:00:00Z', { state });
  await second.turn('2025-05-31T00:00:00Z');
  if (before) expect(await times(second)).toEqual(before);
  expect(await times(second, 'general')).toEqual(after);
});
