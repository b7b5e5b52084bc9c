import type { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultRuleInput } from '../../../sandbox/rules/faults.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import type { PostOrder } from '../../../src/delivery/ports.ts';
import { createCrossposter } from '../../../src/discord/posting/crosspost.ts';
import { createMessageSender } from '../../../src/discord/posting/message-sender.ts';
import { createFileRefusals } from '../../../src/discord/posting/post-request.ts';
import { createPostsClient } from '../../../src/discord/rest/client.ts';
import { createDmOpener } from '../../../src/discord/rest/dm-channel.ts';
import { createLastCheck } from '../../../src/discord/rest/last-check.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { countdownOf } from '../../countdown/plans.ts';
import { at } from '../../delivery/support.ts';
import { request } from '../../sandbox/support.ts';
import { NO_VERDICTS, OTHER_ANSWERS } from '../answers.ts';
import { accessTo } from '../rest/access.ts';

type FaultRule = Extract<FaultRuleInput, { does: unknown }>;

const START = '2025-06-06T13:00:00Z';
const { facts, catalogue } = loadData('data');

/** The answers that are a verdict of Discord, and what they mean for a post, for opening a direct message, and for publishing. */
const VERDICTS = [
  [404, 10003, 'channel-gone', 'later', 'paused'],
  [404, 10004, 'guild-gone', 'later', 'paused'],
  [403, 50001, 'no-access', 'later', 'paused'],
  [403, 50013, 'no-permission', 'later', 'paused'],
  [403, 50007, 'direct-closed', 'closed', 'paused'],
  [403, 50278, 'direct-closed', 'closed', 'paused'],
  [400, 50083, 'thread-locked', 'later', 'paused'],
  [400, 160005, 'thread-locked', 'later', 'paused'],
  [400, 50006, 'rejected', 'later', 'rejected'],
  [400, 50035, 'rejected', 'later', 'rejected'],
  [400, 200000, 'rejected', 'later', 'rejected'],
  [400, 200001, 'rejected', 'later', 'rejected'],
  [400, 240000, 'rejected', 'later', 'rejected'],
  [404, 10008, 'posted', 'later', 'published'],
  [400, 40033, 'retry', 'later', 'published'],
] as const;

let sandbox: Sandbox;
let rest: REST;
let channel = '';
let news = '';
let nonces = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ serverOnly: true, at: START, clock: 'manual' });
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' }, limits: 'off' });
  const channels = (await sandbox.state()).guilds[0]?.channels ?? [];
  const idOf = (wanted: string) => channels.find(({ name }) => name === wanted)?.id ?? '';
  channel = idOf('releases');
  news = idOf('news');
});
afterAll(() => sandbox.stop());

/** Makes the next request of a route fail. Each test has a client of its own, with its own budget of invalid requests. */
async function prepare(route: string, does: FaultRule['does']): Promise<void> {
  rest = createPostsClient(accessTo(sandbox.apiUrl), noMetrics);
  await sandbox.faults([{ route, does }]);
}

/** A post with a nonce of its own. */
function orderIn(channelId: string): PostOrder {
  nonces += 1;
  const countdown = countdownOf({ channelId, release: 'ballerina/release/theatrical/us' });
  const occurrence = {
    key: 'abcdefghij/milestone/0/2025-06-06',
    kind: 'milestone',
    due: at(START),
    date: '2025-06-06',
    daysBefore: 0,
    was: null,
  } as const;
  return { countdown, occurrence, nonce: `nonce-${nonces}`, now: at(START), facts, hasPicture: false };
}

const send = (order: PostOrder) =>
  createMessageSender({
    rest,
    withLastCheck: createLastCheck().withLastCheck,
    catalogue: () => catalogue,
    acquireSlot: async () => {},
    draw: async () => undefined,
    refusals: createFileRefusals(),
  }).send(order, () => true);
const posted = async (order: PostOrder) =>
  (await sandbox.messages(order.countdown.channelId)).filter(
    ({ request: body }) => (body as { nonce?: string }).nonce === order.nonce,
  ).length;

describe.each([
  ['a post', () => channel],
  ['a direct message', () => direct()],
] as const)('%s', (_, place) => {
  test.each([...NO_VERDICTS, ...OTHER_ANSWERS])('that is answered %s is tried again', async (__, does) => {
    await prepare('POST /channels/*/messages', does);
    const order = orderIn(await place());
    expect(await send(order)).toMatchObject({ kind: 'retry' });
    expect(await send(order)).toMatchObject({ kind: 'posted' });
    expect(await posted(order)).toBe(1);
  });

  test.each(VERDICTS)('that is answered %i with code %i: %s', async (status, code, meaning) => {
    await prepare('POST /channels/*/messages', { status, code });
    const outcome = await send(orderIn(await place()));
    const isKind = ['retry', 'rejected', 'posted'].includes(meaning);
    expect(outcome).toMatchObject(isKind ? { kind: meaning } : { kind: 'paused', reason: meaning });
  });

  test.each([
    ['a page of HTML', { status: 200, html: true }],
    ['no body', { status: 200, empty: true }],
    ['JSON that is cut short', { status: 200, cut: true }],
    ['a page of HTML, though it was made', { status: 200, html: true, when: 'after' }],
  ] as const)('that is answered 200 with %s is tried again, and made once', async (__, does) => {
    await prepare('POST /channels/*/messages', does);
    const order = orderIn(await place());
    expect(await send(order)).toMatchObject({ kind: 'retry' });
    expect(await send(order)).toMatchObject({ kind: 'posted' });
    expect(await posted(order)).toBe(1);
  });
});

/** A 429 and the seconds that have to be waited. One that states none has every kind of body. */
const LIMITED = [
  ['the body', { rateLimit: 90, header: 1, bucket: 2 }, 90],
  ['the header', { rateLimit: 1, header: 90, bucket: 2 }, 90],
  ['the bucket', { rateLimit: 1, header: 2, bucket: 90 }, 90],
] as const;
const WITHOUT_WAIT = [
  ['Discord’s JSON', { status: 429 }],
  ['JSON without a code', { status: 429, code: null }],
  ['a page of HTML', { status: 429, html: true }],
  ['no body', { status: 429, empty: true }],
  ['JSON that is cut short', { status: 429, cut: true }],
] as const;

/** What is left of a wait, in milliseconds: a slow machine has used up some of it, and the client adds a little. */
const waitOf = (seconds: number) => ({
  asymmetricMatch: (ms: unknown) =>
    typeof ms === 'number' && ms > seconds * 900 && ms < seconds * 1_000 + 200,
});

describe('a 429', () => {
  test.each(LIMITED)('to a post is waited for as long as the largest says: %s', async (_, does, seconds) => {
    await prepare('POST /channels/*/messages', does);
    expect(await send(orderIn(channel))).toMatchObject({ notSent: true, waitMs: waitOf(seconds) });
  });

  test.each(WITHOUT_WAIT)('to a post with %s and no wait is waited for 5 s', async (_, does) => {
    await prepare('POST /channels/*/messages', does);
    expect(await send(orderIn(channel))).toMatchObject({ notSent: true, waitMs: waitOf(5) });
  });

  test.each(LIMITED)('to opening a direct message or to publishing: %s', async (_, does, seconds) => {
    await prepare('POST /users/@me/channels', does);
    expect(await openDirect()).toEqual({ ok: false, why: 'later' });
    await prepare('POST /channels/*/messages/*/crosspost', does);
    expect(await createCrossposter(rest)(news, '1')).toMatchObject({
      kind: 'retry',
      waitMs: waitOf(seconds),
    });
  });
});

async function openDirect() {
  const people = (await sandbox.state()).guilds[0]?.members.find(({ name }) => name === 'john');
  return createDmOpener(rest, async () => {})(people?.id ?? '');
}
async function direct(): Promise<string> {
  const opened = await openDirect();
  if (!opened.ok) throw new Error(opened.why);
  return opened.channelId;
}

describe('opening a direct message', () => {
  const ROUTE = 'POST /users/@me/channels';

  test.each([...NO_VERDICTS, ...OTHER_ANSWERS])('that is answered %s is possible later', async (_, does) => {
    await prepare(ROUTE, does);
    expect(await openDirect()).toEqual({ ok: false, why: 'later' });
    expect(await openDirect()).toMatchObject({ ok: true });
  });

  test.each(VERDICTS)('that is answered %i with code %i (%s): %s', async (status, code, _, meaning) => {
    await prepare(ROUTE, { status, code });
    expect(await openDirect()).toEqual({ ok: false, why: meaning });
  });
});

describe('publishing', () => {
  const ROUTE = 'POST /channels/*/messages/*/crosspost';
  const createPost = async () =>
    (await request(sandbox, 'POST', `/channels/${news}/messages`, { content: 'x' })).body.id;
  const publish = (id: string) => createCrossposter(rest)(news, id);

  test.each([...NO_VERDICTS, ...OTHER_ANSWERS])('that is answered %s is tried again', async (_, does) => {
    await prepare(ROUTE, does);
    const id = await createPost();
    expect(await publish(id)).toMatchObject({ kind: 'retry' });
    expect(await publish(id)).toEqual({ kind: 'published' });
  });

  test('that is answered 200 with a page of HTML is tried again', async () => {
    await prepare(ROUTE, { status: 200, html: true, when: 'after' });
    const id = await createPost();
    expect(await publish(id)).toMatchObject({ kind: 'retry' });
    expect(await publish(id)).toEqual({ kind: 'published' });
  });

  test.each(VERDICTS)('that is answered %i with code %i (%s, %s): %s', async (status, code, _, __, kind) => {
    await prepare(ROUTE, { status, code });
    expect(await publish(await createPost())).toMatchObject({ kind });
  });
});

test.each([
  ['a post', 'POST /channels/*/messages', async () => (await send(orderIn(channel))).kind],
  [
    'publishing',
    'POST /channels/*/messages/*/crosspost',
    async () => (await createCrossposter(rest)(news, '1')).kind,
  ],
] as const)('a 401 to %s that the check confirms ends the bot', async (_, route, run) => {
  rest = createPostsClient(accessTo(sandbox.apiUrl), noMetrics);
  const does = { status: 401 } as const;
  await sandbox.faults([
    { route, does },
    { route: 'GET /users/@me', does },
  ]);
  expect(await run()).toBe('refused');
});
