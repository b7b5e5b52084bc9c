import { REST, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, identified, request, sandboxFor } from './support.ts';

/** Creates the REST client of discord.js. */
const createRest = (sandbox: Sandbox, options: object = {}) =>
  new REST({ api: sandbox.apiUrl, version: '10', ...options }).setToken('x');

test('after a late 500, discord.js posts a message twice without a nonce, once with one', async () => {
  const sandbox = await sandboxFor();
  const rest = createRest(sandbox);
  const channel = await channelId(sandbox);
  for (const body of [{ content: 'plain' }, { content: 'safe', nonce: 'n', enforce_nonce: true }]) {
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 500, when: 'after' } }]);
    await rest.post(Routes.channelMessages(channel), { body });
  }
  const contents = (await sandbox.messages('general')).map((message) => message.content);
  expect(contents).toEqual(['plain', 'plain', 'safe']);
});

test('discord.js posts a message once in spite of an early 503, resets, hangs and a 429', async () => {
  const sandbox = await sandboxFor();
  const rest = createRest(sandbox);
  // It gives up a request that hangs, and sends it again: a slow machine may make it do so more than once.
  const impatient = createRest(sandbox, { timeout: 200, retries: 50 });
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
  for (const [index, fault] of does.entries()) {
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: fault }]);
    await ('hang' in fault ? impatient : rest).post(Routes.channelMessages(channel), {
      body: { content: `${index}`, nonce: `${index}`, enforce_nonce: true },
    });
    expect((await sandbox.faults([])).length).toBe(0);
  }
  expect((await sandbox.messages('general')).map((message) => message.content).join('')).toBe('012345');
});

test('fault rules match method and path, and apply after, times, chance and seed', async () => {
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

test.each([
  ['JSON with a code', { status: 403, code: 50013 }, '{"message":"Missing Permissions","code":50013}'],
  ['JSON without a code', { status: 403, code: null }, '{"message":"403: Forbidden"}'],
  ['no body', { status: 403, empty: true }, ''],
  ['JSON that ends in the middle', { status: 403, cut: true }, '{"message":'],
] as const)('a fault answers with %s', async (_, does, body) => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /gateway', does }]);
  const response = await fetch(`${sandbox.apiUrl}/v10/gateway`);
  expect([response.status, await response.text()]).toEqual([403, body]);
});

test('a fault answers with a page of HTML', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /gateway', does: { status: 403, html: true } }]);
  const response = await fetch(`${sandbox.apiUrl}/v10/gateway`);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toContain('<!DOCTYPE html>');
});

test('the header and the bucket of a 429 can differ from its body', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /gateway', does: { rateLimit: 2, header: 9, bucket: 4.5 } }]);
  const { status, body, headers } = await request(sandbox, 'GET', '/gateway');
  expect([status, body.retry_after]).toEqual([429, 2]);
  expect([headers.get('retry-after'), headers.get('x-ratelimit-reset-after')]).toEqual(['9', '4.500']);
});

test('a fault can invalidate sessions, resumable or not', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  await sandbox.faults([{ gateway: { invalidSession: 'resumable' } }]);
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: true });
  const [rule] = await sandbox.faults([{ gateway: { invalidSession: true } }]);
  expect(rule?.fired).toBe(1);
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: false });
});
