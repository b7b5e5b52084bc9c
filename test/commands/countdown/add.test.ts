import { expect, test } from 'vitest';
import { added, botAt, rowsOfCountdowns, said, temporaryFolder } from './support.ts';

const ADD = '/countdown add release:ballerina/release/theatrical/us channel:releases';

test('the answer to add is private and lists what will be posted and when', async () => {
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
  ['a time zone that there is not', 'timezone:Mars/Olympus', 'Mars'],
  ['an offset for a time zone', 'timezone:+05:00', 'zone'],
  ['a time that there is not', 'time:25:00', '25'],
  ['a time that is none', 'time:noon @everyone', 'noon'],
  ['milestones that are none', 'milestones:soon', 'soon'],
  ['milestones too far ahead', 'milestones:366,0', '366'],
  ['too many milestones', 'milestones:1,2,3,4,5,6,7,8,9,10,11', '11'],
])('%s is refused in a sentence, and nothing is stored', async (_, option, named) => {
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

test('a release that is not known is refused with names that are near', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const refused = await said(sandbox, '/countdown add release:Balerina xx channel:releases');
  expect(refused).toContain('I know no release');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test.each([
  ['SendMessages', 'Send Messages'],
  ['EmbedLinks', 'Embed Links'],
  ['ViewChannel', 'View Channel'],
])(
  'where the bot lacks %s in the channel, add names the permission and stores nothing',
  async (permission, name) => {
    const state = temporaryFolder();
    const sandbox = await botAt('2025-05-01T00:00:00Z', { state });
    await sandbox.world({ deny: { channel: 'releases', permission } });
    expect(await said(sandbox, ADD)).toContain(`**${name}**`);
    await sandbox.stop();
    expect(rowsOfCountdowns(state)).toEqual([]);
  },
);

test('a member who may not manage the server is refused, also where the server lets everyone use the command', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  expect(await said(sandbox, ADD, { user: 'john' })).toContain('do not have permission');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('the same release in the same channel is refused the second time', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  expect(await said(sandbox, `${ADD} time:10:00`)).toContain('counts down to that already');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:general');
  expect(await said(sandbox, '/countdown list')).toContain('2 of 25');
});

test('a server may have twenty-five countdowns', async () => {
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

test('two admins who add the same at once get one countdown', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const answers = await Promise.all([said(sandbox, ADD), said(sandbox, ADD), said(sandbox, ADD)]);
  expect(answers.filter((answer) => answer.startsWith('Countdown added'))).toHaveLength(1);
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
});
