import { expect, test } from 'vitest';
import { botAt, posts, requestOf, said } from '../support.ts';

const NOW = '2024-02-20T12:00:00Z';
const FOLLOW = '/countdown follow title:ballerina channel:releases';

test('only members with Manage Server follow a title', async () => {
  const sandbox = await botAt(NOW);
  expect(await said(sandbox, FOLLOW, { user: 'john' })).toContain('do not have permission');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns yet');
});

test.each([
  ['title:nonsense channel:releases', /I don’t know a title called “nonsense”\. Pick one from the list/],
  ['title:balerinna sequel channel:releases', /Following|Did you mean/],
  [
    'title:ballerina channel:releases what:gossip',
    /I don’t know the news “gossip” for `what`\. Choose from `cast`/,
  ],
  ['title:ballerina channel:releases what:cast,gossip', /I don’t know the news “cast,gossip”/],
  ['title:ballerina channel:releases digest:hourly', /digest: Must be one of/],
  ['title:ballerina channel:releases role:@everyone', /I can’t mention everyone/],
])('follow refuses %s and says why', async (options, why) => {
  const sandbox = await botAt(NOW);
  expect(await said(sandbox, `/countdown follow ${options}`)).toMatch(why);
});

test('a channel in which the bot may not post is refused; later, the follow waits and then tells all', async () => {
  const sandbox = await botAt(NOW);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  expect(await said(sandbox, FOLLOW)).toMatch(/Send Messages.*Nothing was changed/);
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await said(sandbox, FOLLOW);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2024-04-20T00:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
  expect(await said(sandbox, '/countdown status')).toMatch(/I can’t post in .*Send Messages/);
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2024-04-21T00:00:00Z');
  expect(await posts(sandbox)).toHaveLength(1);
  const all = (await posts(sandbox)).join('\n');
  expect(all.match(/moved the US release/g)).toHaveLength(1);
  expect(all.match(/David Castañeda/g)).toHaveLength(1);
  expect(all.match(/CinemaCon teaser/g)).toHaveLength(1);
});

test('the same title twice in a channel is refused; another channel, and a countdown to it, are not', async () => {
  const sandbox = await botAt(NOW);
  await said(sandbox, FOLLOW);
  expect(await said(sandbox, `${FOLLOW} what:cast`)).toMatch(/already has News: Ballerina.*countdown edit/);
  expect(await said(sandbox, FOLLOW.replace('releases', 'general'))).toContain('Following');
  expect(await said(sandbox, '/countdown add release:Ballerina channel:releases')).toContain(
    'Countdown added',
  );
});

test('an edit refuses what news cannot have, and what a countdown cannot have', async () => {
  const sandbox = await botAt(NOW);
  await said(sandbox, FOLLOW);
  await said(sandbox, '/countdown add release:Ballerina channel:releases');
  const edit = (options: string) => said(sandbox, `/countdown edit ${options}`);
  expect(await edit('countdown:News milestones:7,1')).toContain('there are no days before');
  expect(await edit('countdown:News date:2030-01-01')).toContain('can’t be changed here');
  expect(await edit('countdown:2 what:cast')).toContain('This is a countdown');
  expect(await edit('countdown:News what:gossip')).toContain('I don’t know the news “gossip”');
  expect(await edit('countdown:News channel:releases')).toContain('Countdown changed');
});

test('a follow counts among the 25 of a server', async () => {
  const sandbox = await botAt(NOW);
  for (let day = 1; day <= 25; day += 1)
    await said(
      sandbox,
      `/countdown add title:Party ${day} date:2024-12-${String(day).padStart(2, '0')} channel:releases`,
    );
  expect(await said(sandbox, FOLLOW)).toContain('25 countdowns, the maximum');
});

test('a role is mentioned only where it is asked for, and its limits are told', async () => {
  const sandbox = await botAt(NOW);
  expect(await said(sandbox, `${FOLLOW} role:Ruska Roma`)).toMatch(
    /Mentions <@&\d+>.*only if it is mentionable/s,
  );
  await said(sandbox, '/countdown edit countdown:1 role:High Table');
  await sandbox.turn('2024-02-23T00:00:00Z');
  const [post] = await sandbox.messages('releases');
  if (!post) throw new Error('no post');
  expect(requestOf(post).allowed_mentions.roles).toHaveLength(1);
  expect(post.content).toMatch(/^<@&\d+> \*\*News about/);
});

test('what is erased leaves no follow', async () => {
  const sandbox = await botAt(NOW);
  await said(sandbox, FOLLOW);
  expect(await said(sandbox, '/concierge privacy')).not.toContain('undefined');
  await said(sandbox, '/countdown remove countdown:1');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns yet');
});
