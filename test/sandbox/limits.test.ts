import { REST, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

const messagesPath = async (sandbox: Sandbox, name = 'general') =>
  `/channels/${await channelId(sandbox, name)}/messages`;

/** The REST client that discord.js uses, with short patience. */
const restFor = (sandbox: Sandbox, options: object = {}) =>
  new REST({ api: sandbox.apiUrl, version: '10', ...options }).setToken('x');

test('every route carries the headers, and buckets are told apart by top-level id', async () => {
  const sandbox = await sandboxFor();
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

test('the sixth message in five seconds is refused, with the time to wait in seconds', async () => {
  const sandbox = await sandboxFor();
  const path = await messagesPath(sandbox);
  for (let n = 0; n < 5; n++)
    expect((await request(sandbox, 'POST', path, { content: `${n}` })).status).toBe(200);
  const { status, body, headers } = await request(sandbox, 'POST', path, { content: 'over' });
  expect(status).toBe(429);
  expect(body).toEqual({
    message: 'You are being rate limited.',
    retry_after: expect.any(Number),
    global: false,
  });
  expect(body.retry_after).toBeGreaterThan(3);
  expect(body.retry_after).toBeLessThanOrEqual(5);
  expect(Number(headers.get('retry-after'))).toBe(Math.ceil(body.retry_after));
  expect(headers.get('x-ratelimit-scope')).toBe('user');
  expect(await sandbox.counters()).toMatchObject({ rateLimited: 1, invalid: 1 });
  expect(await sandbox.messages('general')).toHaveLength(5);
});

test('fifty requests a second are taken in all, and interaction answers are not counted', async () => {
  const sandbox = await sandboxFor();
  const answers = await Promise.all(Array.from({ length: 60 }, () => request(sandbox, 'GET', '/gateway')));
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused.length).toBe(10);
  expect(refused[0]?.body).toMatchObject({ global: true, retry_after: expect.any(Number) });
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('global');
  expect((await request(sandbox, 'POST', '/interactions/1/x/callback', { type: 1 }, {})).body.code).toBe(
    10062,
  );
  expect(await sandbox.counters()).toMatchObject({ highestPerSecond: 60, requests: { 'GET /gateway': 60 } });
});

test('limits can be set and switched off', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: { channel: 1 } });
  const path = await messagesPath(sandbox);
  const post = async () => (await request(sandbox, 'POST', path, { content: 'x' })).status;
  expect([await post(), await post()]).toEqual([200, 429]);
  await sandbox.world({ limits: 'off' });
  expect([await post(), await post()]).toEqual([200, 200]);
});

test('invalid requests are counted: 401, 403 and 429, but not a shared 429', async () => {
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

test('a 500 after it took effect: without a nonce the library posts twice, with one once', async () => {
  const sandbox = await sandboxFor();
  const rest = restFor(sandbox);
  const channel = await channelId(sandbox);
  for (const body of [{ content: 'plain' }, { content: 'safe', nonce: 'n', enforce_nonce: true }]) {
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 500, when: 'after' } }]);
    await rest.post(Routes.channelMessages(channel), { body });
  }
  const contents = (await sandbox.messages('general')).map((message) => message.content);
  expect(contents).toEqual(['plain', 'plain', 'safe']);
});

test('a 500 before, a reset before and after, and a hang are what the library makes of them', async () => {
  const sandbox = await sandboxFor();
  const rest = restFor(sandbox, { timeout: 200 });
  const channel = await channelId(sandbox);
  const does = [
    { status: 503, when: 'before' },
    { reset: true, when: 'before' },
    { reset: true, when: 'after' },
    { hang: true },
    { hang: 0.05 },
    { rateLimit: 0.05, scope: 'shared' },
  ] as const;
  await sandbox.world({ limits: 'off' });
  for (const [index, one] of does.entries()) {
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: one }]);
    await rest.post(Routes.channelMessages(channel), {
      body: { content: `${index}`, nonce: `${index}`, enforce_nonce: true },
    });
    expect((await sandbox.faults([])).length).toBe(0);
  }
  expect((await sandbox.messages('general')).map((message) => message.content).join('')).toBe('012345');
});

test('rules choose by method and path, skip, repeat, roll dice and count', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off' });
  const get = async (path: string) => (await request(sandbox, 'GET', path)).status;
  await sandbox.faults([
    { method: 'GET', path: '/users/*', after: 1, times: 2, does: { status: 404, code: 10003 } },
  ]);
  expect([
    await get('/users/@me'),
    await get('/users/@me'),
    await get('/gateway'),
    await get('/users/@me'),
    await get('/users/@me'),
  ]).toEqual([200, 404, 200, 404, 200]);
  const flips = async () => {
    const [rule] = await sandbox.faults([
      { route: '*', times: 'always', chance: 0.5, seed: 7, does: { status: 403, code: 50013 } },
    ]);
    expect(rule?.fired).toBe(0);
    const seen = [];
    for (let n = 0; n < 20; n++) seen.push(await get('/gateway'));
    return seen;
  };
  const first = await flips();
  expect(new Set(first)).toEqual(new Set([200, 403]));
  expect(await flips()).toEqual(first);
  const rules = (await (await fetch(`${sandbox.url}/sandbox/faults`)).json()) as { fired: number }[];
  expect(rules[0]?.fired).toBe(first.filter((status) => status === 403).length);
  await expect(sandbox.faults([{ does: { status: 500 } }])).rejects.toThrow('A rule needs a route');
});

test('an invalid session makes the bot identify anew; a resumable one makes it resume', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  await sandbox.faults([{ gateway: { invalidSession: 'resumable' } }]);
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: true });
  const [rule] = await sandbox.faults([{ gateway: { invalidSession: true } }]);
  expect(rule?.fired).toBe(1);
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: false });
});

test('identifying is limited to a thousand a day, and /gateway/bot says what is left', async () => {
  const sandbox = await sandboxFor();
  const limit = async () => (await request(sandbox, 'GET', '/gateway/bot')).body;
  expect(await limit()).toMatchObject({
    shards: 1,
    session_start_limit: { total: 1000, remaining: 1000, max_concurrency: 1 },
  });
  await botIn(sandbox);
  expect((await limit()).session_start_limit.remaining).toBe(999);
});
