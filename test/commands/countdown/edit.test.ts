import { expect, test } from 'vitest';
import { added, botAt, posts, requestOf, said, temporaryFolder, times } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
const edit = '/countdown edit countdown:Ballerina';

test('an edit answers with the order as it stands, and what will be posted by it', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${BALLERINA} role:High Table`);
  const answer = await said(sandbox, `${edit} time:15:30 timezone:Asia/Tokyo milestones:3,0 no_role:true`);
  expect(answer).toMatch(/^Countdown changed/);
  expect(answer).toContain('at 15:30, Asia/Tokyo; days before: 3, 0');
  expect(answer).not.toContain('Mentions');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-03T06:30Z', '2025-06-06T06:30Z']);
  const [first] = await sandbox.messages('releases');
  expect(first && requestOf(first).allowed_mentions).toEqual({ parse: [] });
});

test('what is posted is not posted again where an edit has it fall due once more', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-30T10:00:00Z');
  expect(await said(sandbox, `${edit} time:15:00`)).not.toContain('7 days left');
  expect(await said(sandbox, '/countdown status')).toContain('1 day left');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T09:00Z', '2025-06-05T15:00Z', '2025-06-06T15:00Z']);
});

test('a milestone that an edit puts into the past is not posted late', async () => {
  const sandbox = await botAt('2025-05-20T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-26T12:00:00Z');
  await said(sandbox, `${edit} milestones:14,11,7,1,0`);
  await sandbox.turn('2025-05-28T00:00:00Z');
  expect(await times(sandbox)).toEqual([]);
});

test('a post that the channel refused is made in the channel that an edit leads it to', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deleteChannel: 'releases' });
  await sandbox.turn('2025-05-31T12:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('/countdown edit');
  const answer = await said(sandbox, `${edit} channel:general time:18:00`);
  expect(answer).toContain('is still made');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await posts(sandbox, 'general')).toEqual([
    expect.stringMatching(/^2025-05-31T12:0.*6 days.* left/),
    expect.stringMatching(/^2025-06-05T18:00Z/),
    expect.stringMatching(/^2025-06-06T18:00Z/),
  ]);
});

test('a post that was cut off in one channel is not made again in another', async () => {
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

test('a thread that refused is asked again after an edit, and no sooner', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 400, code: 160005 } }]);
  await sandbox.turn('2025-05-30T12:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('Silent');
  await said(sandbox, `${edit} milestones:7,2,0`);
  await sandbox.turn('2025-05-30T13:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T12:00Z']);
});

test.each([
  ['nothing to change', '', 'choose something to change'],
  ['a role and none', 'role:High Table no_role:true', 'either a `role` or `no_role`'],
  ['a date for a release', 'date:2025-08-01', 'comes from the facts'],
  ['a title for a release', 'title:My party', 'comes from the facts'],
  ['a time that is none', 'time:late', 'is not a time of day'],
  ['a zone that is none', 'timezone:Mars', 'is no time zone'],
  ['a language that Discord has not', 'language:Klingon', 'is no language'],
  ['everyone', 'role:@everyone', 'never everyone'],
])('%s is refused in a sentence, and the countdown stays as it was', async (_, options, sentence) => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  const before = await said(sandbox, '/countdown list');
  expect(await said(sandbox, `${edit} ${options}`)).toContain(sentence);
  expect(await said(sandbox, '/countdown list')).toBe(before);
});

test('a channel in which the bot may not post is refused with the permission to grant', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'general', permission: 'EmbedLinks' } });
  expect(await said(sandbox, `${edit} channel:general`)).toContain('**Embed Links**');
});

test('a countdown cannot be led to where there is one like it', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await added(sandbox, BALLERINA.replace('releases', 'general'));
  const { choices = [] } = await sandbox.autocomplete('/countdown edit countdown:2');
  const refused = await said(sandbox, `/countdown edit countdown:${choices[0]?.value} channel:releases`);
  expect(refused).toContain('counts down to that already');
});

test('the language of the posts is changed by its name', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  const { choices = [] } = await sandbox.autocomplete('/countdown edit countdown:Ballerina language:germ');
  expect(choices[0]).toEqual({ name: 'German (Deutsch)', value: 'de' });
  await said(sandbox, `${edit} language:Deutsch`);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('6. Juni 2025')]);
});

test('two admins who edit at once both have their way', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await Promise.all([said(sandbox, `${edit} time:15:00`), said(sandbox, `${edit} milestones:2`)]);
  expect(await said(sandbox, '/countdown list')).toContain('at 15:00, UTC; days before: 2');
});

test.each([
  ['the channel before is searched', {}, ['2025-05-30T09:00Z'], []],
  [
    'where that channel is gone, its post is gone too, and is made',
    { deleteChannel: 'releases' },
    undefined,
    [expect.stringMatching(/^2025-05-30T10:0/)],
  ],
  [
    'where that channel cannot be read any more, it is left at that',
    { deny: { channel: 'releases', permission: 'ViewChannel' } },
    ['2025-05-30T09:00Z'],
    [],
  ],
])('a post cut off by a crash, and led to another channel: %s', async (_, change, before, after) => {
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
