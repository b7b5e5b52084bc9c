import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, request, sandboxFor } from './support.ts';

const messagesPath = async (sandbox: Sandbox, name = 'general') =>
  `/channels/${await channelId(sandbox, name)}/messages`;

/** A sandbox whose rate limits see no time pass, so that a slow machine stays within their windows. */
const sandboxWithoutTime = () => sandboxFor({ rateLimitTime: () => 1_700_000_000_000 });

test('every route has rate-limit headers, with one bucket for each channel', async () => {
  const sandbox = await sandboxWithoutTime();
  const bot = await sandbox.state();
  const paths = [
    '/users/@me',
    '/gateway/bot',
    `/guilds/${bot.guilds[0]?.id}`,
    `/applications/${bot.bot.id}/commands`,
  ];
  for (const path of paths) {
    const { headers } = await request(sandbox, 'GET', path);
    for (const name of ['limit', 'remaining', 'reset', 'reset-after', 'bucket']) {
      expect(headers.get(`x-ratelimit-${name}`), `${path} ${name}`).toBeTruthy();
    }
  }
  const post = async (path: string) => (await request(sandbox, 'POST', path, { content: 'x' })).headers;
  const general = await messagesPath(sandbox);
  const releases = await messagesPath(sandbox, 'releases');
  const left = async (path: string) => (await post(path)).get('x-ratelimit-remaining');
  expect([await left(general), await left(general), await left(releases)]).toEqual(['4', '3', '4']);
  expect((await post(general)).get('x-ratelimit-bucket')).toBe(
    (await post(releases)).get('x-ratelimit-bucket'),
  );
});

test('the sixth message in five seconds is refused with 429 and the seconds to wait', async () => {
  const sandbox = await sandboxWithoutTime();
  const path = await messagesPath(sandbox);
  for (let n = 0; n < 5; n++)
    expect((await request(sandbox, 'POST', path, { content: `${n}` })).status).toBe(200);
  const { status, body, headers } = await request(sandbox, 'POST', path, { content: 'over' });
  expect(status).toBe(429);
  expect(body).toEqual({
    message: 'You are being rate limited.',
    retry_after: 5,
    global: false,
  });
  expect(headers.get('retry-after')).toBe('5');
  expect(headers.get('x-ratelimit-scope')).toBe('user');
  expect(await sandbox.counters()).toMatchObject({ rateLimited: 1, invalid: 1 });
  expect(await sandbox.messages('general')).toHaveLength(5);
});

test('more than fifty requests per second are refused, interaction callbacks are not counted', async () => {
  const sandbox = await sandboxWithoutTime();
  const answers = await Promise.all(Array.from({ length: 60 }, () => request(sandbox, 'GET', '/users/@me')));
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused.length).toBe(10);
  expect(refused[0]?.body).toMatchObject({ global: true, retry_after: 1 });
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('global');
  expect((await request(sandbox, 'POST', '/interactions/1/x/callback', { type: 1 }, {})).body.code).toBe(
    10062,
  );
  // What needs no token counts for the address, not for the bot.
  await request(sandbox, 'GET', '/gateway');
  expect(await sandbox.counters()).toMatchObject({
    highestPerSecond: 60,
    requests: { 'GET /users/@me': 60, 'GET /gateway': 1 },
  });
});

test('rate limits can be set and switched off', async () => {
  const sandbox = await sandboxWithoutTime();
  await sandbox.world({ limits: { channel: 1 } });
  const path = await messagesPath(sandbox);
  const post = async () => (await request(sandbox, 'POST', path, { content: 'x' })).status;
  expect([await post(), await post()]).toEqual([200, 429]);
  await sandbox.world({ limits: 'off' });
  expect([await post(), await post()]).toEqual([200, 200]);
});

test('401, 403 and 429 count as invalid requests, except a shared 429', async () => {
  const sandbox = await sandboxFor();
  const path = await messagesPath(sandbox);
  await sandbox.faults([{ route: 'GET /gateway', times: 1, does: { rateLimit: 0.1, scope: 'shared' } }]);
  await request(sandbox, 'GET', '/gateway');
  await request(sandbox, 'GET', '/users/@me', undefined, { authorization: 'Bot bad' });
  await sandbox.world({ deny: { channel: 'general', permission: 'SendMessages' } });
  await request(sandbox, 'POST', path, { content: 'x' });
  await request(sandbox, 'GET', '/channels/1');
  expect(await sandbox.counters()).toMatchObject({ invalid: 2, rateLimited: 1 });
});

test('/gateway/bot returns how many of a thousand identifies are left', async () => {
  const sandbox = await sandboxFor();
  const limit = async () => (await request(sandbox, 'GET', '/gateway/bot')).body;
  expect(await limit()).toMatchObject({
    shards: 1,
    session_start_limit: { total: 1000, remaining: 1000, max_concurrency: 1 },
  });
  await botIn(sandbox);
  expect((await limit()).session_start_limit.remaining).toBe(999);
});
