import { REST, type RESTOptions } from '@discordjs/rest';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { DrawPicture } from '../../../src/countdown/picture.ts';
import type { PostOrder } from '../../../src/delivery/ports.ts';
import { createMessageSender } from '../../../src/discord/posting/message-sender.ts';
import { createFileRefusals } from '../../../src/discord/posting/post-request.ts';
import { createPostsClient } from '../../../src/discord/rest/client.ts';
import { createLastCheck } from '../../../src/discord/rest/last-check.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { countdownOf } from '../../countdown/plans.ts';
import { at, type Channels } from '../../delivery/support.ts';
import { sandboxFor } from '../../sandbox/support.ts';
import { accessTo } from '../rest/access.ts';

const { facts, catalogue } = loadData('data');
const NOW = at('2025-06-06T13:00:00Z');

interface Scene {
  sandbox: Sandbox;
  poster: Pick<Channels, 'send' | 'find'>;
  /** Gives up a request that hangs. */
  impatient: Scene['poster'];
  order: (nonce: string) => PostOrder;
  rest: REST;
  channelId: string;
  /** How many rate-limit slots were acquired. */
  slots: () => number;
}

/** The bot's own way into the channel "releases" of a Discord without the bot. */
async function scene(draw: DrawPicture = async () => undefined): Promise<Scene> {
  const sandbox = await sandboxFor({ at: '2025-06-06T13:00:00Z' });
  await sandbox.world({ limits: 'off' });
  const [guild] = (await sandbox.state()).guilds;
  const channelId = guild?.channels.find(({ name }) => name === 'releases')?.id ?? '';
  const { makeRequest } = accessTo(sandbox.apiUrl);
  const restWith = (options: Partial<RESTOptions>) =>
    new REST({ api: sandbox.apiUrl, version: '10', retries: 0, makeRequest, ...options }).setToken('a-token');
  const rest = restWith({ timeout: 60_000 });
  const countdown = countdownOf({ channelId, release: 'ballerina/release/theatrical/us' });
  const occurrence = {
    key: 'abcdefghij/milestone/0/2025-06-06',
    kind: 'milestone',
    due: NOW,
    date: '2025-06-06',
    daysBefore: 0,
    was: null,
  } as const;
  const order = (nonce: string) => ({ countdown, occurrence, nonce, now: NOW, facts, hasPicture: false });
  let slots = 0;
  const acquireSlot = async () => {
    slots += 1;
  };
  const senderOver = (client: REST): Scene['poster'] => {
    const { withLastCheck } = createLastCheck();
    const sender = createMessageSender({
      rest: client,
      withLastCheck,
      catalogue: () => catalogue,
      acquireSlot,
      draw,
      refusals: createFileRefusals(),
    });
    return { find: sender.find, send: (given) => sender.send(given, () => true) };
  };
  const poster = senderOver(rest);
  const impatient = senderOver(restWith({ timeout: 1_000 }));
  return { sandbox, poster, impatient, order, rest, channelId, slots: () => slots };
}

async function chat({ rest, channelId }: Scene, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1)
    await rest.post(`/channels/${channelId}/messages`, { body: { content: `chat ${number}` } });
}

test('sending twice with one nonce makes one post and returns it both times', async () => {
  const { sandbox, poster, order } = await scene();
  const first = await poster.send(order('nonce-a'));
  expect(first).toEqual({ kind: 'posted', messageId: (await sandbox.messages('releases'))[0]?.id });
  expect(await poster.send(order('nonce-a'))).toEqual(first);
  expect(await poster.send(order('nonce-b'))).not.toEqual(first);
  expect(await sandbox.messages('releases')).toHaveLength(2);
});

test.each([
  ['500 before it took effect', { status: 500 }, 0],
  ['502 after it took effect', { status: 502, when: 'after' }, 1],
  ['a connection that is reset', { reset: true }, 0],
  ['a connection that is reset after it took effect', { reset: true, when: 'after' }, 1],
  ['no answer in time', { hang: true }, 0],
  ['no answer in time though it took effect', { hang: true, when: 'after' }, 1],
  ['a write limit', { status: 400, code: 20028 }, 0],
] as const)('a send that meets %s is retried, and the post is made once', async (_, does, made) => {
  const { sandbox, poster, impatient, order } = await scene();
  await sandbox.faults([{ route: 'POST /channels/*/messages', does }]);
  expect((await ('hang' in does ? impatient : poster).send(order('nonce'))).kind).toBe('retry');
  await expect.poll(() => sandbox.messages('releases')).toHaveLength(made);
  expect((await poster.send(order('nonce'))).kind).toBe('posted');
  expect(await sandbox.messages('releases')).toHaveLength(1);
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(2);
});

test('a send waits for a rate limit and makes the post', async () => {
  const { sandbox, poster, order } = await scene();
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { rateLimit: 0.1 } }]);
  expect((await poster.send(order('nonce'))).kind).toBe('posted');
});

test('a send does not wait out a long rate limit: it is a retry, and the post was surely not made', async () => {
  const { sandbox, order } = await scene();
  const poster = createMessageSender({
    rest: createPostsClient(accessTo(sandbox.apiUrl), noMetrics),
    withLastCheck: createLastCheck().withLastCheck,
    catalogue: () => catalogue,
    acquireSlot: async () => {},
    draw: async () => undefined,
    refusals: createFileRefusals(),
  });
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { rateLimit: 60 } }]);
  expect(await poster.send(order('nonce'), () => true)).toMatchObject({ kind: 'retry', notSent: true });
  expect(await sandbox.messages('releases')).toEqual([]);
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(1);
});

test.each([
  ['SendMessages', 'no-permission'],
  ['ViewChannel', 'no-access'],
])('a send without %s pauses the channel: %s', async (permission, reason) => {
  const { sandbox, poster, order } = await scene();
  await sandbox.world({ deny: { channel: 'releases', permission } });
  expect(await poster.send(order('nonce'))).toEqual({ kind: 'paused', reason });
});

test('a deleted channel is gone for sending and for searching', async () => {
  const { sandbox, poster, order } = await scene();
  await sandbox.world({ deleteChannel: 'releases' });
  expect(await poster.send(order('nonce'))).toEqual({ kind: 'paused', reason: 'channel-gone' });
  expect(await poster.find(order('nonce'), NOW)).toEqual({ kind: 'paused', reason: 'channel-gone' });
});

test('sending with a rejected token is refused', async () => {
  const { sandbox, poster, order } = await scene();
  await sandbox.world({ token: 'another' });
  expect(await poster.send(order('nonce'))).toEqual({ kind: 'refused' });
});

test('a search finds our post by its nonce, or says that it is absent', async () => {
  const all = await scene();
  const { poster, order, slots } = all;
  expect(await poster.find(order('nonce'), NOW)).toEqual({ kind: 'absent' });
  // One for the messages; they are none, so one for what the channel says of its last.
  expect(slots()).toBe(2);
  const sent = await poster.send(order('nonce'));
  await chat(all, 5);
  expect(await poster.find(order('nonce'), NOW)).toEqual({ ...sent, kind: 'found' });
  expect(await poster.find(order('another'), NOW)).toEqual({ kind: 'absent' });
  expect(slots()).toBe(4);
});

test('a search finds our post behind many later messages', async () => {
  const all = await scene();
  const sent = await all.poster.send(all.order('nonce'));
  await chat(all, 101);
  const found = await all.poster.find(all.order('nonce'), NOW);
  expect([{ ...sent, kind: 'found' }, { kind: 'unsure' }]).toContainEqual(found);
});

test('a search without Read Message History is unsure', async () => {
  const all = await scene();
  await chat(all, 3);
  await all.sandbox.world({ deny: { channel: 'releases', permission: 'ReadMessageHistory' } });
  expect(await all.poster.find(all.order('nonce'), NOW)).toEqual({ kind: 'unsure' });
});

test('a search in an empty channel says absent, even without Read Message History', async () => {
  const { sandbox, poster, order } = await scene();
  await sandbox.world({ deny: { channel: 'releases', permission: 'ReadMessageHistory' } });
  expect(await poster.find(order('nonce'), NOW)).toEqual({ kind: 'absent' });
});

/** A post of a countdown to an own date, on the day itself: it has the fewest buttons. */
const ownOrder = (order: PostOrder): PostOrder => ({
  ...order,
  countdown: { ...order.countdown, release: 'own', own: { title: 'Party', date: '2025-06-06' } },
});

test.each([true, false])(
  'a search finds a post of an own date by its mark, with a picture: %s',
  async (hasPicture) => {
    const { poster, order } = await scene(async () => new Uint8Array([1, 2, 3]));
    const given = { ...ownOrder(order('nonce')), hasPicture };
    expect(await poster.find(given, NOW)).toEqual({ kind: 'absent' });
    const sent = await poster.send(given);
    expect(await poster.find(given, NOW)).toEqual({ ...sent, kind: 'found' });
    expect(await poster.find(ownOrder(order('another')), NOW)).toEqual({ kind: 'absent' });
  },
);

test('a picture that cannot be drawn costs the picture, not the post', async () => {
  const { sandbox, poster, order } = await scene(async () => undefined);
  expect((await poster.send({ ...order('nonce'), hasPicture: true })).kind).toBe('posted');
  expect((await sandbox.messages('releases'))[0]?.attachments).toEqual([]);
});

test('sending twice with one nonce and a picture makes one post with one picture', async () => {
  const { sandbox, poster, order } = await scene(async () => new Uint8Array([1, 2, 3]));
  const given = { ...order('nonce'), hasPicture: true };
  expect(await poster.send(given)).toEqual(await poster.send(given));
  const messages = await sandbox.messages('releases');
  expect(messages.map(({ attachments }) => attachments.length)).toEqual([1]);
});

test('a channel that refused a picture gets none until some hours later', async () => {
  const { sandbox, poster, order, slots } = await scene(async () => new Uint8Array([1, 2, 3]));
  await sandbox.world({ deny: { channel: 'releases', permission: 'AttachFiles' } });
  const send = (nonce: string, hours: number) =>
    poster.send({ ...order(nonce), hasPicture: true, now: NOW.add({ hours }) });
  for (const [nonce, hours] of [
    ['a', 0],
    ['b', 5],
    ['c', 7],
  ] as const)
    expect((await send(nonce, hours)).kind).toBe('posted');
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(5);
  // The caller acquires the slot of the first request of a post.
  expect(slots()).toBe(2);
});
