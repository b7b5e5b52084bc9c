import { expect, test } from 'vitest';
import { added, botAt, rowsOfCountdowns, said, temporaryFolder } from './support.ts';

const ADD = '/countdown add release:ballerina/release/theatrical/us channel:releases';

test('/countdown add answers privately and lists each post with its time', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const answer = await sandbox.command(`${ADD} timezone:america/new_york time:9 am milestones:7, 30 0,7`);
  expect(answer.ephemeral).toBe(true);
  const text = JSON.stringify(answer.reply?.embeds);
  const unix = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 1000;
  for (const post of ['2025-05-07T13:00Z', '2025-05-30T13:00Z', '2025-06-06T13:00Z'])
    expect(text).toContain(`<t:${unix(post)}:F>`);
  expect(text.match(/:F>/g)).toHaveLength(3);
  expect(text).toContain('America/New_York');
  expect(await sandbox.messages('releases')).toEqual([]);
});

test.each([
  ['an unknown time zone', 'timezone:Mars/Olympus', 'Mars'],
  ['an offset as time zone', 'timezone:+05:00', 'zone'],
  ['a time after midnight', 'time:25:00', '25'],
  ['a word as time', 'time:noon @everyone', 'noon'],
  ['a word as milestones', 'milestones:soon', 'soon'],
  ['milestones too far ahead', 'milestones:366,0', '366'],
  ['too many milestones', 'milestones:1,2,3,4,5,6,7,8,9,10,11', '11'],
])('/countdown add with %s is refused with the reason and stores nothing', async (_, option, named) => {
  const state = temporaryFolder();
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  const answer = await sandbox.command(`${ADD} ${option}`);
  expect(answer.ephemeral).toBe(true);
  expect(answer.reply?.content).toContain(named);
  expect(answer.reply?.content).not.toMatch(/went wrong|undefined/);
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('/countdown add refuses an unknown release', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const refused = await said(sandbox, '/countdown add release:Balerina xx channel:releases');
  expect(refused).toContain('I don’t know a release');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test.each([
  ['SendMessages', 'Send Messages'],
  ['ViewChannel', 'View Channel'],
])('/countdown add names the missing permission %s and stores nothing', async (permission, name) => {
  const state = temporaryFolder();
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
  await sandbox.world({ deny: { channel: 'releases', permission } });
  expect(await said(sandbox, ADD)).toContain(`**${name}**`);
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});

test('/countdown add refuses a member who may not manage the server', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  expect(await said(sandbox, ADD, { user: 'john' })).toContain('do not have permission');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('/countdown add refuses the same release in the same channel a second time', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  expect(await said(sandbox, `${ADD} time:10:00`)).toContain('already has a countdown to');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:general');
  expect(await said(sandbox, '/countdown list')).toContain('2 of 25');
});

test('/countdown add accepts 25 countdowns in a server and refuses the next', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const channels = Array.from({ length: 26 }, (_, number) => `c${number}`);
  for (const name of channels) await sandbox.world({ addChannel: { name } });
  for (const name of channels.slice(0, 25))
    await added(sandbox, `release:ballerina/release/theatrical/us channel:${name}`);
  expect(await said(sandbox, '/countdown add release:ballerina/release/theatrical/us channel:c25')).toContain(
    'has 25 countdowns',
  );
  expect(await said(sandbox, '/countdown list')).toContain('25 of 25');
});

test('simultaneous /countdown add commands for the same release create one countdown', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const answers = await Promise.all([said(sandbox, ADD), said(sandbox, ADD), said(sandbox, ADD)]);
  expect(answers.filter((answer) => answer.startsWith('Countdown added'))).toHaveLength(1);
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
});
