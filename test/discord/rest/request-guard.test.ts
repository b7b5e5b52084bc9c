import { REST, type ResponseLike } from '@discordjs/rest';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createInvalidRequestBudget } from '../../../src/delivery/invalid-request-budget.ts';
import { createRequestGuard } from '../../../src/discord/rest/request-guard.ts';

const NOW = Temporal.Instant.from('2025-06-06T13:00:00Z');
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

interface Reply {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** Two clients behind one guard, in front of a Discord that answers by path. */
function clients(reply: (path: string, count: number) => Reply) {
  const sent: string[] = [];
  const waits: number[] = [];
  let rejected = 0;
  const invalidRequests = createInvalidRequestBudget();
  const guard = createRequestGuard({
    apiUrl: 'http://discord/api',
    invalidRequests,
    clock: { now: () => NOW },
    async send(url): Promise<ResponseLike> {
      const path = new URL(url).pathname.replace('/api/v10', '');
      sent.push(path);
      const { status, body = '', headers = HTML } = reply(path, sent.length);
      return new Response(body, { status, headers });
    },
  });
  guard.onTokenRejected(() => {
    rejected += 1;
  });
  const client = () => {
    const rest = new REST({
      api: 'http://discord/api',
      makeRequest: guard.makeRequest,
      retries: 0,
      offset: 0,
      rejectOnRateLimit: ({ timeToReset }) => {
        waits.push(Math.round(timeToReset / 1000));
        return false;
      },
    }).setToken('secret');
    return rest;
  };
  return { posts: client(), rest: client(), sent, waits, rejected: () => rejected };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('a 401', () => {
  test('that the token check confirms is fatal once, whichever client met it, and nothing more is sent', async () => {
    const { posts, rest, sent, rejected } = clients(() => ({
      status: 401,
      body: '{"code":0}',
      headers: JSON_TYPE,
    }));
    expect(await failure(posts.post('/users/@me/channels'))).toBe('Discord rejects the token');
    expect(await failure(rest.get('/gateway/bot'))).toBe('Discord rejects the token');
    expect(sent).toEqual(['/users/@me/channels', '/users/@me']);
    expect(rejected()).toBe(1);
  });

  test('that the token check does not confirm fails one request, and the next is sent with the token', async () => {
    const { posts, sent, rejected } = clients((path) =>
      path === '/users/@me/channels' ? { status: 401 } : { status: 200, body: '{}', headers: JSON_TYPE },
    );
    expect(await failure(posts.post('/users/@me/channels'))).toBe('401, though Discord accepts the token');
    expect(await failure(posts.post('/channels/1/messages'))).toBe('no error');
    expect(sent).toEqual(['/users/@me/channels', '/users/@me', '/channels/1/messages']);
    expect(rejected()).toBe(0);
  });

  test('that follows within a second of an accepted token is a stray one without another check', async () => {
    const { posts, rest, sent, rejected } = clients((path) =>
      path === '/users/@me' ? { status: 200, body: '{}', headers: JSON_TYPE } : { status: 401 },
    );
    for (const client of [posts, rest, posts])
      expect(await failure(client.post('/channels/1/messages'))).toBe(
        '401, though Discord accepts the token',
      );
    expect(sent.filter((path) => path === '/users/@me')).toHaveLength(1);
    expect(rejected()).toBe(0);
  });

  test('to a request by an interaction token says nothing of the bot token', async () => {
    const { rest, sent, rejected } = clients(() => ({
      status: 401,
      body: '{"code":50027}',
      headers: JSON_TYPE,
    }));
    await failure(rest.patch('/webhooks/1/token/messages/@original', { auth: false, body: {} }));
    expect(sent).toHaveLength(1);
    expect(rejected()).toBe(0);
  });
});

describe('a 429', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('without a stated wait is repeated after 5, 10 and 20 s, four tries in all', async () => {
    const { posts, sent, waits } = clients(() => ({ status: 429 }));
    const failed = failure(posts.post('/channels/1/messages'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await failed).toBe('rate limited (429) 4 times');
    expect(sent).toHaveLength(4);
    expect(waits[0]).toBe(5);
  });

  test.each([
    ['the header', { 'retry-after': '9' }, 1, 9],
    ['the body', { 'retry-after': '1' }, 9, 9],
    ['the bucket', { 'retry-after': '1', 'x-ratelimit-reset-after': '9' }, 2, 9],
    ['the body alone', {}, 3, 3],
  ])('waits for the largest of its statements: %s', async (_, headers, inBody, seconds) => {
    const { posts, sent, waits } = clients((__, count) =>
      count === 1
        ? {
            status: 429,
            body: JSON.stringify({ retry_after: inBody }),
            headers: { ...JSON_TYPE, ...headers },
          }
        : { status: 200, body: '{}', headers: JSON_TYPE },
    );
    const done = failure(posts.post('/channels/1/messages'));
    await vi.advanceTimersByTimeAsync((seconds - 1) * 1000);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await done).toBe('no error');
    expect(sent).toHaveLength(2);
    expect(waits[0]).toBe(seconds);
  });

  test.each(['/interactions/1/token/callback'])('to %s is not repeated: its 3 s are over', async (path) => {
    const { rest, sent } = clients(() => ({ status: 429 }));
    expect(await failure(rest.post(path as `/${string}`, { auth: false, body: {} }))).toContain('deadline');
    expect(sent).toHaveLength(1);
  });

  test('to a later response with a wait beyond 15 minutes is not repeated', async () => {
    const { rest, sent } = clients(() => ({ status: 429, headers: { 'retry-after': '901' } }));
    const path = '/webhooks/1/token/messages/@original';
    expect(await failure(rest.patch(path, { auth: false, body: {} }))).toContain('deadline');
    expect(sent).toHaveLength(1);
  });
});

test('a thousand invalid requests of all clients together are the most, callbacks included', async () => {
  const { posts, rest, sent } = clients(() => ({ status: 403, body: '{"code":50001}', headers: JSON_TYPE }));
  for (let number = 0; number < 600; number += 1) {
    await failure(posts.post(`/channels/${number}/messages`));
    await failure(rest.post(`/interactions/${number}/token/callback`, { auth: false, body: {} }));
  }
  expect(sent).toHaveLength(1_000);
  expect(await failure(rest.get('/gateway/bot'))).toContain('too many invalid requests');
});
