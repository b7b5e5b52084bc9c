import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, request, sandboxFor } from './support.ts';

const gateway = (sandbox: Sandbox, init: RequestInit = {}) => fetch(`${sandbox.apiUrl}/v10/gateway`, init);

/** The headers by which a bot tells an answer of Cloudflare from one of Discord. */
const signs = ({ headers }: Response) =>
  ['server', 'via', 'retry-after', 'x-ratelimit-scope', 'x-ratelimit-remaining'].map((name) =>
    headers.get(name),
  );

test.each([
  [403, 403, 'you have been blocked'],
  [429, 429, 'Too Many Requests'],
  [1015, 429, 'Error 1015'],
] as const)(
  'Cloudflare answers %i with a page of HTML, without a wait and without limits',
  async (cloudflare, status, sentence) => {
    const sandbox = await sandboxFor();
    for (const when of ['before', 'after'] as const) {
      await sandbox.faults([{ route: 'GET /gateway', does: { cloudflare, when } }]);
      const response = await gateway(sandbox);
      expect([response.status, ...signs(response)]).toEqual([status, 'cloudflare', null, null, null, null]);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cf-ray')).toBeTruthy();
      expect(await response.text()).toContain(sentence);
    }
    expect(await sandbox.counters()).toMatchObject({ invalid: 2, rateLimited: status === 429 ? 2 : 0 });
  },
);

test('Cloudflare may state a wait, and answer in a line of text', async () => {
  const sandbox = await sandboxFor();
  const does = { cloudflare: 1015, retryAfter: 3_600, plain: true } as const;
  await sandbox.faults([{ route: 'GET /gateway', does }]);
  const response = await gateway(sandbox);
  expect([response.headers.get('retry-after'), await response.text()]).toEqual(['3600', 'error code: 1015']);
});

test('an answer of Cloudflare to a post that took effect leaves the message', async () => {
  const sandbox = await sandboxFor();
  const rest = new REST({ api: sandbox.apiUrl, version: '10' }).setToken('x');
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { cloudflare: 403, when: 'after' } }]);
  const posted = rest.post(Routes.channelMessages(await channelId(sandbox)), { body: { content: 'x' } });
  const error = await posted.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiscordAPIError);
  expect(await sandbox.messages('general')).toHaveLength(1);
});

test('an answer with status 200 may be HTML, empty or half of its JSON', async () => {
  const sandbox = await sandboxFor();
  for (const [how, body] of [
    [{ html: true }, '<!DOCTYPE html>'],
    [{ empty: true }, ''],
    [{ cut: true }, '{"message":'],
  ] as const) {
    await sandbox.faults([{ route: 'GET /gateway', does: { status: 200, ...how } }]);
    const response = await gateway(sandbox);
    const received = await response.text();
    expect([response.status, received.slice(0, 15)]).toEqual([200, body]);
    expect(() => JSON.parse(received)).toThrow(SyntaxError);
  }
});

test('a body that is cut off ends before the length that its header states, after the request took effect', async () => {
  const sandbox = await sandboxFor();
  const path = `/api/v10/channels/${await channelId(sandbox)}/messages`;
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { cutOff: true } }]);
  const { host, hostname, port } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bot x\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{"content":"x"}`);
  // The server ends the connection.
  const [headers = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(headers)?.[1]);
  expect(headers).toMatch(/^HTTP\/1.1 200 OK/);
  expect(body).toHaveLength(Math.floor(length / 2));
  expect(await sandbox.messages('general')).toHaveLength(1);
});

test('discord.js fails on a body that is cut off, and the answer after it is whole again', async () => {
  const sandbox = await sandboxFor();
  const rest = new REST({ api: sandbox.apiUrl, version: '10' }).setToken('x');
  const [rule] = await sandbox.faults([{ route: 'GET /users/@me', does: { cutOff: true } }]);
  expect(rule).toMatchObject({ fired: 0, times: 1 });
  await expect(rest.get(Routes.user())).rejects.toThrow();
  expect(await rest.get(Routes.user())).toMatchObject({ bot: true });
});

test('an answer without a body that is cut off is lost with its connection', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'POST /channels/*/typing', does: { cutOff: true } }]);
  await expect(request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/typing`)).rejects.toThrow();
});

test('a slow body comes after its headers, in pieces and whole', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /gateway', does: { slow: 0.05 } }]);
  const response = await gateway(sandbox);
  const pieces: number[] = [];
  let whole = '';
  for await (const piece of response.body ?? []) {
    pieces.push(piece.length);
    whole += Buffer.from(piece);
  }
  expect(JSON.parse(whole)).toHaveProperty('url');
  expect(pieces.length).toBeGreaterThan(1);
});

test('a slow body may never end: the client has to give it up', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /gateway', does: { slow: true } }]);
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await gateway(sandbox, { signal: controller.signal });
  const reader = response.body?.getReader();
  let received = 0;
  // All but the last piece arrives.
  const length = Number(response.headers.get('content-length'));
  while (received < length - Math.ceil(length / 10)) received += (await reader?.read())?.value?.length ?? 0;
  const rest = reader?.read();
  controller.abort();
  await expect(rest).rejects.toThrow('aborted');
  expect((await gateway(sandbox)).status).toBe(200);
});
