import { once } from 'node:events';
import { connect } from 'node:net';
import { InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createSignatureHeaders,
  createSigningKey,
  formatPublicKey,
} from '../../../sandbox/world/signing-key.ts';
import { createRestClient } from '../../../src/discord/rest/client.ts';
import { startWebhookServer, type WebhookServerOptions } from '../../../src/discord/webhook/server.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { accessTo } from '../rest/access.ts';

const KEY = createSigningKey();
const realTime = systemClock();
const seconds = () => Math.floor(realTime.now().epochMilliseconds / 1000);

let lastId = 1_000_000_000_000_000_000n;
/** An interaction as small as it gets. */
const interaction = (type: InteractionType, more: object = {}) => {
  lastId += 1n;
  return { id: String(lastId), application_id: '1', token: 't', version: 1, type, ...more };
};
const ping = () => interaction(InteractionType.Ping);
const command = () => interaction(InteractionType.ApplicationCommand, { data: { name: 'x', type: 1 } });

/** An endpoint of its own, that counts what it answered. */
async function open(parts: Partial<WebhookServerOptions> = {}) {
  const answered: string[] = [];
  const lines: { msg: string }[] = [];
  const endpoint = await startWebhookServer({
    host: '127.0.0.1',
    port: 0,
    publicKey: formatPublicKey(KEY),
    rest: createRestClient(accessTo('http://127.0.0.1:9/api'), noMetrics),
    answerer: {
      async handle({ id, type }) {
        if (type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
        answered.push(id);
        return { type: InteractionResponseType.ChannelMessageWithSource, data: { content: 'yes' } };
      },
      isPublic: () => false,
    },
    authorized: async () => {},
    realTime,
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
    ...parts,
  });
  onTestFinished(() => endpoint.close());
  const send = (body: string, headers: Record<string, string>, path = '/interactions', method = 'POST') =>
    fetch(endpoint.url + path, { method, headers, ...(method === 'POST' ? { body } : {}) });
  const sendSigned = (json: unknown, path?: string) => {
    const body = typeof json === 'string' ? json : JSON.stringify(json);
    return send(body, createSignatureHeaders(KEY, body, seconds()), path);
  };
  return { endpoint, answered, lines, send, sendSigned };
}

test('the webhook server responds to PING and to a command', async () => {
  const { sendSigned, answered } = await open();
  const pong = await sendSigned(ping());
  expect([pong.status, await pong.json()]).toEqual([200, { type: 1 }]);
  expect(pong.headers.get('content-type')).toBe('application/json');
  expect((await sendSigned({ type: 1 })).status).toBe(200);
  const asked = command();
  const answer = await sendSigned(asked);
  expect([answer.status, await answer.json()]).toEqual([200, { type: 4, data: { content: 'yes' } }]);
  expect(answered).toEqual([asked.id]);
});

describe('the webhook server responds 401 to', () => {
  const body = JSON.stringify(command());
  const good = () => createSignatureHeaders(KEY, body, seconds());
  const { 'X-Signature-Ed25519': signature = '', 'X-Signature-Timestamp': timestamp = '' } = good();

  test.each<[string, string, () => Record<string, string>]>([
    ['no headers', body, () => ({})],
    ['no signature', body, () => ({ 'X-Signature-Timestamp': String(seconds()) })],
    ['no time stamp', body, () => ({ 'X-Signature-Ed25519': signature })],
    ['the signature of another', body, () => createSignatureHeaders(createSigningKey(), body, seconds())],
    ['one of zeroes', body, () => ({ ...good(), 'X-Signature-Ed25519': '0'.repeat(128) })],
    ['one that is cut short', body, () => ({ ...good(), 'X-Signature-Ed25519': signature.slice(0, 126) })],
    ['one that is too long', body, () => ({ ...good(), 'X-Signature-Ed25519': `${signature}00` })],
    ['one that is not hexadecimal', body, () => ({ ...good(), 'X-Signature-Ed25519': 'z'.repeat(128) })],
    [
      'one that is given twice',
      body,
      () => ({ ...good(), 'X-Signature-Ed25519': `${signature}, ${signature}` }),
    ],
    ['a body that was altered', body.replace('"x"', '"y"'), good],
    ['a body with a space more', `${body} `, good],
    ['no body', '', good],
    [
      'a time stamp that was altered',
      body,
      () => ({ ...good(), 'X-Signature-Timestamp': String(seconds() + 1) }),
    ],
    [
      'a digit moved from the time stamp to the body',
      timestamp.slice(-1) + body,
      () => ({ 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': timestamp.slice(0, -1) }),
    ],
    ['a minute ago', body, () => createSignatureHeaders(KEY, body, seconds() - 60)],
    ['a year ago', body, () => createSignatureHeaders(KEY, body, seconds() - 31_536_000)],
    ['a minute from now', body, () => createSignatureHeaders(KEY, body, seconds() + 60)],
    ['a time stamp in milliseconds', body, () => createSignatureHeaders(KEY, body, seconds() * 1000)],
  ])('%s', async (_, sent, headers) => {
    const { send, answered } = await open();
    for (const path of ['/interactions', '/events'])
      expect((await send(sent, headers(), path)).status).toBe(401);
    expect(answered).toEqual([]);
  });

  test('a replayed request, also with its signature in capitals, and a replayed interaction', async () => {
    const { send, sendSigned, answered } = await open();
    const asked = command();
    const sent = JSON.stringify(asked);
    const headers = createSignatureHeaders(KEY, sent, seconds());
    expect((await send(sent, headers)).status).toBe(200);
    expect((await send(sent, headers)).status).toBe(401);
    const capitals = headers['X-Signature-Ed25519']?.toUpperCase() ?? '';
    expect((await send(sent, { ...headers, 'X-Signature-Ed25519': capitals })).status).toBe(401);
    expect((await sendSigned({ ...asked, version: 2 })).status).toBe(401);
    expect(answered).toEqual([asked.id]);
  });
});

test('an old request with a valid signature is logged once: the clock may be wrong', async () => {
  const { send, lines } = await open();
  for (const age of [60, 61, 62]) {
    const body = JSON.stringify(ping());
    expect((await send(body, createSignatureHeaders(KEY, body, seconds() - age))).status).toBe(401);
  }
  const forged = JSON.stringify(ping());
  await send(forged, createSignatureHeaders(createSigningKey(), forged, seconds() - 60));
  expect(lines.filter(({ msg }) => msg.includes('clock'))).toHaveLength(1);
});

test.each([
  ['no JSON', 'not json'],
  ['half of it', '{"type":1'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['no interaction', '{"type":"1"}'],
  ['a type that is no number', '{"id":"1","application_id":"1","token":"t","type":"2"}'],
])('the webhook server responds 400 to %s with a valid signature', async (_, body) => {
  const { sendSigned, answered } = await open();
  expect((await sendSigned(body)).status).toBe(400);
  expect((await sendSigned(` ${body}`, '/events')).status).toBe(400);
  expect(answered).toEqual([]);
});

test('the webhook server responds 413 to a body that is too large, signed or not', async () => {
  const { send, sendSigned } = await open();
  expect((await send('x'.repeat(256 * 1024 + 1), {})).status).toBe(413);
  expect((await sendSigned('x'.repeat(5_000_000))).status).toBe(413);
  expect((await sendSigned({ ...ping(), padding: 'x'.repeat(100_000) })).status).toBe(200);
});

test.each([
  ['GET', '/interactions', 405],
  ['PUT', '/interactions', 405],
  ['DELETE', '/events', 405],
  ['GET', '/', 404],
  ['POST', '/', 404],
  ['POST', '/interactions/', 404],
  ['POST', '/interactions/x', 404],
  ['POST', '/constructor', 404],
  ['POST', '/interactions?x=1', 401],
])('%s %s is %i', async (method, path, status) => {
  const { send } = await open();
  const response = await send('{}', {}, path, method);
  expect(response.status).toBe(status);
  if (status === 405) expect(response.headers.get('allow')).toBe('POST');
});

test('a body that stalls is cut off with 408', async () => {
  const { endpoint } = await open({ requestTimeoutMs: 200 });
  const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => {
    heard += data;
  });
  socket.write('POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n{');
  await once(socket, 'close');
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
});

test('a body that arrives too slowly is cut off and does not delay others', async () => {
  const { endpoint, sendSigned } = await open({ requestTimeoutMs: 200 });
  const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
  // A byte that is on its way when the server closes the connection is answered with a reset.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write('POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n{');
  const trickle = setInterval(() => socket.write(' '), 20);
  expect((await sendSigned(ping())).status).toBe(200);
  await closed;
  clearInterval(trickle);
});

test('the webhook server responds 500 if a command throws, and goes on', async () => {
  let calls = 0;
  const { sendSigned, lines } = await open({
    answerer: {
      async handle() {
        calls += 1;
        if (calls === 1) throw new Error('a bug');
        return { type: InteractionResponseType.Pong };
      },
      isPublic: () => false,
    },
  });
  expect((await sendSigned(command())).status).toBe(500);
  expect((await sendSigned(command())).status).toBe(200);
  expect(lines.some(({ msg }) => msg.includes('webhook request failed'))).toBe(true);
});

test('a port for webhooks that is in use is reported in a sentence', async () => {
  const { endpoint } = await open();
  const port = Number(new URL(endpoint.url).port);
  await expect(open({ port })).rejects.toThrow(
    /^The server for interactions cannot listen on 127\.0\.0\.1:\d+ \(.+\)\. Choose another HTTP_PORT or HTTP_HOST\.$/,
  );
});

test('closing the webhook server waits for requests in progress', async () => {
  const gate = Promise.withResolvers<void>();
  const { endpoint, sendSigned } = await open({
    answerer: {
      async handle() {
        await gate.promise;
        return { type: InteractionResponseType.Pong };
      },
      isPublic: () => false,
    },
  });
  const answer = sendSigned(command());
  await expect.poll(() => fetch(`${endpoint.url}/x`).then(({ status }) => status)).toBe(404);
  const closed = endpoint.close();
  gate.resolve();
  expect((await answer).status).toBe(200);
  await closed;
  await expect(sendSigned(ping())).rejects.toThrow();
});

describe('webhook events', () => {
  const event = (type: string, data: object) => ({
    version: 1,
    application_id: '1',
    type: 1,
    event: { type, timestamp: '2026-11-22T12:00:00', data },
  });

  test('a PING gets an empty 204', async () => {
    const { sendSigned } = await open();
    const answer = await sendSigned({ version: 1, application_id: '1', type: 0 }, '/events');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  test('an authorization for a server is handled, other events are not', async () => {
    const seen: string[] = [];
    const { endpoint, sendSigned } = await open({ authorized: async (guild) => void seen.push(guild) });
    const send = async (type: string, data: object) =>
      expect((await sendSigned(event(type, data), '/events')).status).toBe(204);
    await send('APPLICATION_AUTHORIZED', { integration_type: 0, guild: { id: '5' }, user: { id: '1' } });
    await send('APPLICATION_AUTHORIZED', { integration_type: 1, user: { id: '1' } });
    await send('APPLICATION_DEAUTHORIZED', { user: { id: '1' } });
    await send('ENTITLEMENT_CREATE', { guild: { id: '6' } });
    await endpoint.whenIdle();
    expect(seen).toEqual(['5']);
  });

  test('an event whose handling fails is acknowledged and logged', async () => {
    const { endpoint, sendSigned, lines } = await open({
      authorized: () => Promise.reject(new Error('no database')),
    });
    const sent = event('APPLICATION_AUTHORIZED', { guild: { id: '5' } });
    expect((await sendSigned(sent, '/events')).status).toBe(204);
    await endpoint.whenIdle();
    expect(lines.some(({ msg }) => msg.includes('webhook request failed'))).toBe(true);
  });
});
