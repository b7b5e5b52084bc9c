import { MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { ListedMessage, Reply } from '../../../../sandbox/client.ts';
import type { Sandbox } from '../../../../sandbox/sandbox.ts';
import { buttonsIn, textIn } from '../../../support.ts';
import { botAt, labelsIn, posts, requestOf, said, temporaryFolder, times } from '../support.ts';

const FOLLOW = '/countdown follow title:ballerina channel:releases';
const BEFORE_MOVE = '2024-02-20T12:00:00Z';

/** What a member is told who presses the button of a post. */
async function pressedAbout(sandbox: Sandbox, post: ListedMessage | undefined): Promise<string> {
  const [about] = buttonsIn(post ? { reply: post as unknown as NonNullable<Reply['reply']> } : {});
  const customId = about?.customId ?? '';
  return textIn(await sandbox.click({ message: post?.id ?? '', customId, user: 'john' }));
}

test('a follow says what it will post, with the latest news as an example, and posts nothing old', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  const reply = await sandbox.command(FOLLOW);
  const answer = textIn(reply);
  expect(buttonsIn(reply).map(({ label }) => label)).toEqual(['Preview', 'Edit', 'Undo']);
  expect(answer).toMatch(
    /^Following\n\*\*News: Ballerina\*\*\nPosts in <#\d+> at 09:00 UTC – cast and crew, trailers/,
  );
  expect(answer).toMatch(/Nothing from before today is posted\.\nLatest news, as an example\n.*Jan 20, 2024/);
  await sandbox.turn('2024-02-21T23:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
});

test('news of a day are one post on that day, one sentence each with its source, and About', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  await said(sandbox, FOLLOW);
  await sandbox.turn('2024-03-01T00:00:00Z');
  const [first, second, ...more] = await sandbox.messages('releases');
  expect(await times(sandbox)).toEqual(['2024-02-22T09:00Z', '2024-02-29T09:00Z']);
  expect(more).toEqual([]);
  expect(first?.content.split('\n')).toEqual([
    '**News about Ballerina**',
    expect.stringMatching(
      /^- Lionsgate has moved the US release .*\(\[Gamereactor\]\(<https:\/\/[^>]+>\)\)$/,
    ),
    expect.stringMatching(
      /^- .*planned for cinemas on \*\*June 6, 2025\*\* .*Moved from June 7, 2024\. \(\[/,
    ),
  ]);
  // A date that is told again is not told as moved again.
  expect(second?.content).toMatch(/^February 2024: Ian McShane mentioned new shooting/);
  expect(labelsIn(first)).toEqual(['About']);
  if (!first) throw new Error('no post');
  expect(requestOf(first)).toMatchObject({ enforce_nonce: true, allowed_mentions: { parse: [] } });
  expect(await pressedAbout(sandbox, first)).toContain('Ballerina');
});

test('only what was chosen is posted', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  expect(await said(sandbox, `${FOLLOW} what:trailer,date`)).toContain('– trailers and release dates');
  await sandbox.turn('2024-12-01T00:00:00Z');
  for (const post of await posts(sandbox)) expect(post).toMatch(/Trailer for|planned for cinemas/);
  expect(await times(sandbox)).toEqual([
    '2024-02-22T09:00Z',
    '2024-04-10T09:00Z',
    '2024-09-25T09:00Z',
    '2024-09-26T09:00Z',
    '2024-09-30T09:00Z',
  ]);
});

test('a follow of everything names all titles', async () => {
  const sandbox = await botAt('2025-03-31T12:00:00Z');
  expect(await said(sandbox, '/countdown follow title:everything channel:releases')).toContain(
    'News: all titles',
  );
  await sandbox.turn('2025-04-02T00:00:00Z');
  const all = (await posts(sandbox)).join('\n');
  expect(all).toMatch(/^2025-04-01T09:00Z \*\*John Wick news\*\*/);
  expect(all).toMatch(/\*Chapter 5\* was announced at CinemaCon/);
  expect(all).toMatch(/\*Caine\* is in development/);
  const [post] = await sandbox.messages('releases');
  expect(await pressedAbout(sandbox, post)).toContain('announced');
});

test('list, status, preview and test know a follow', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  await said(sandbox, FOLLOW);
  expect(await said(sandbox, '/countdown list')).toMatch(
    /1\\\. News: Ballerina\*\*\nPosts in .*\nI’ll post once there is news/,
  );
  const status = await said(sandbox, '/countdown status');
  expect(status).toMatch(/News: Ballerina.*Nothing has been posted yet/);
  expect(status).not.toContain('problem');
  expect(await said(sandbox, '/countdown preview countdown:1')).toMatch(
    /There is no news to post now.*\n\n> \*Ballerina\* is due to open in cinemas only/s,
  );
  expect(await said(sandbox, '/countdown test countdown:1')).toContain('Test posted');
  expect(await posts(sandbox)).toEqual([expect.stringMatching(/Test post.*\n.*due to open in cinemas only/)]);
  await sandbox.turn('2024-02-23T00:00:00Z');
  expect(await said(sandbox, '/countdown status')).toMatch(/Last post: <t:/);
  expect(await said(sandbox, '/countdowns')).not.toContain('News');
});

test('a follow is edited: channel, time, what and digest; what an edit adds is news from then on', async () => {
  const sandbox = await botAt('2024-02-21T12:00:00Z');
  await said(sandbox, `${FOLLOW} what:trailer`);
  await sandbox.turn('2024-04-11T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2024-04-10T09:00Z']);
  const edited = await said(
    sandbox,
    '/countdown edit countdown:1 what:all time:18:00 digest:weekly channel:general',
  );
  expect(edited).toMatch(/Posts in <#\d+> at 18:00 UTC, on Mondays – cast and crew, trailers/);
  await sandbox.turn('2024-10-01T00:00:00Z');
  // Tuesday to Monday: September 24 to 30.
  expect(await times(sandbox, 'general')).toEqual(['2024-09-09T18:00Z', '2024-09-30T18:00Z']);
  expect((await posts(sandbox, 'general')).join()).not.toMatch(/Lionsgate has moved|CinemaCon teaser/);
  expect(await times(sandbox)).toHaveLength(1);
});

test('what was due while it was paused is skipped, and said so; the rest follows', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  await said(sandbox, FOLLOW);
  await said(sandbox, '/countdown pause countdown:1');
  await sandbox.turn('2024-04-12T00:00:00Z');
  expect(await said(sandbox, '/countdown resume countdown:1')).toContain('1 post was skipped');
  await sandbox.turn('2024-09-26T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2024-09-09T09:00Z', '2024-09-25T09:00Z']);
});

test('a removed follow posts nothing', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  await said(sandbox, FOLLOW);
  expect(await said(sandbox, '/countdown remove countdown:News')).toContain('Removed');
  await sandbox.turn('2024-04-12T00:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
});

test('a bot that was down tells the news in one post, each with its day', async () => {
  const state = temporaryFolder();
  const before = await botAt(BEFORE_MOVE, { state });
  await said(before, FOLLOW);
  await before.stop();
  const sandbox = await botAt('2024-04-20T15:00:00Z', { state });
  await sandbox.turn('2024-04-25T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2024-04-20T15:00Z']);
  const [post] = await sandbox.messages('releases');
  expect(post?.content).toMatch(
    /moved the US release.*\(Feb 22, 2024, \[Gamereactor\].*David Castañeda.*\(Mar 31, 2024/s,
  );
});

test('posts in an announcement channel are published', async () => {
  const sandbox = await botAt(BEFORE_MOVE);
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  expect(await said(sandbox, '/countdown follow title:ballerina channel:news')).toContain('also published');
  await sandbox.turn('2024-02-23T00:00:00Z');
  const [post] = await sandbox.messages('news');
  expect((post?.flags ?? 0) & MessageFlags.Crossposted).toBe(MessageFlags.Crossposted);
});

test('ten years of everything come through the whole bot, none of them twice', async () => {
  const sandbox = await botAt('2017-01-01T00:00:00Z');
  await said(sandbox, '/countdown follow title:everything channel:releases');
  await sandbox.turn('2026-12-31T23:59:00Z');
  const messages = await sandbox.messages('releases');
  const nonces = messages.map((message) => requestOf(message).nonce);
  expect(new Set(nonces).size).toBe(nonces.length);
  const days = (await times(sandbox)).map((time) => time.slice(0, 10));
  expect(new Set(days).size).toBeGreaterThan(80);
  for (const time of await times(sandbox)) expect(time).toMatch(/T09:00Z$/);
});
