import { expect, test } from 'vitest';
import { added, botAt, labelsIn, times as postTimes, requestOf, said } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
const TEST = '/countdown test countdown:';

test('/countdown test posts the next post marked as a test and pings nobody', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, `${BALLERINA} role:High Table`);
  expect(await said(sandbox, `${TEST}Ballerina`)).toContain('Test posted in');
  const [mark] = await sandbox.messages('releases');
  expect(mark?.content).toMatch(/^🧪 \*\*Test post\*\*.*\n<@&\d+> \*\*7 days\*\* left/);
  expect(mark?.mentions).toEqual({ users: [], roles: [], everyone: false });
  expect(mark && requestOf(mark)).toMatchObject({ allowed_mentions: { parse: [] } });
  expect(mark && requestOf(mark).allowed_mentions.roles).toBeUndefined();
  await sandbox.turn('2025-06-08T00:00:00Z');
  const [, ...real] = await sandbox.messages('releases');
  expect(real).toHaveLength(3);
  expect(mark?.embeds).toEqual([]);
  expect(mark?.attachments[0]?.description).toBe(real[0]?.attachments[0]?.description);
  expect(labelsIn(mark)).toEqual(labelsIn(real[0]));
  expect(mark?.content.endsWith(real[0]?.content ?? '')).toBe(true);
});

test('a test post does not count as a post of the countdown', async () => {
  const sandbox = await botAt('2025-05-30T08:59:00Z');
  await added(sandbox, BALLERINA);
  await said(sandbox, `${TEST}Ballerina`);
  expect(await said(sandbox, '/countdown status')).toContain('Nothing has been posted yet');
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 500, when: 'before' } }]);
  await sandbox.turn('2025-05-30T10:00:00Z');
  expect(await postTimes(sandbox)).toHaveLength(2);
});

test('/countdown test is limited to one per minute and server', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await added(sandbox, BALLERINA.replace('releases', 'general'));
  const first = (await sandbox.autocomplete(TEST)).choices?.map(({ value }) => value) ?? [];
  const answers = await Promise.all([...first, ...first].map((id) => said(sandbox, `${TEST}${id}`)));
  expect(answers.filter((answer) => answer.includes('Test posted in'))).toHaveLength(1);
  expect(answers.filter((answer) => answer.includes('was just posted'))).toHaveLength(3);
  await sandbox.turn('2025-05-29T00:02:00Z');
  expect(await said(sandbox, `${TEST}${first[1]}`)).toContain('Test posted in');
});

test('/countdown test of an undated release posts that there is nothing to show', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, 'release:chapter-5/release/theatrical/us channel:releases');
  await said(sandbox, `${TEST}Chapter`);
  const [mark] = await sandbox.messages('releases');
  expect(mark?.content).toMatch(/Test post.*\nThere’s nothing to show yet. Posts about \*Chapter 5/);
});

test.each([
  [403, 50013, 'The test wasn’t posted. I can’t post'],
  [404, 10003, 'The test wasn’t posted. The channel'],
  [400, 200000, 'The test wasn’t posted. AutoMod in this server'],
  [500, undefined, 'Discord didn’t accept the test'],
])(
  '/countdown test reports response %s of Discord, and the countdown continues',
  async (status, code, sentence) => {
    const sandbox = await botAt('2025-05-29T00:00:00Z');
    await added(sandbox, BALLERINA);
    const does = { status, ...(code && { code }) };
    // Without the permission a post fails twice: with its picture, and without.
    const times = code === 50013 ? 2 : 1;
    await sandbox.faults([{ route: 'POST /channels/*/messages', does, times }]);
    expect(await said(sandbox, `${TEST}Ballerina`)).toContain(sentence);
    const [, why = ''] = sentence.split('arrive. ');
    expect(await said(sandbox, '/countdown status')).toMatch(new RegExp(`The last test failed <t:.*${why}`));
    await sandbox.turn('2025-05-30T12:00:00Z');
    expect(await postTimes(sandbox)).toEqual(['2025-05-30T09:00Z']);
  },
);

test('/countdown status shows a failed test until one succeeds', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await said(sandbox, `${TEST}Ballerina`);
  expect(await said(sandbox, '/countdown status')).toMatch(/The last test failed <t:\d+:F>.*Send Messages/s);
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-29T00:05:00Z');
  expect(await said(sandbox, `${TEST}Ballerina`)).toContain('Test posted in');
  expect(await said(sandbox, '/countdown status')).not.toContain('test failed');
});
