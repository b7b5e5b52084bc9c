import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { InteractionResponseType } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import {
  createSignatureHeaders,
  createSigningKey,
  formatPublicKey,
} from '../../../sandbox/world/signing-key.ts';
import { createRestClient } from '../../../src/discord/rest/client.ts';
import { createWebhookApp } from '../../../src/discord/webhook/app.ts';
import { createReplayGuard } from '../../../src/discord/webhook/replay-guard.ts';
import { startWebhookServer, type WebhookServerOptions } from '../../../src/discord/webhook/server.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createTaskTracker } from '../../../src/lib/task-tracker.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { accessTo } from '../rest/access.ts';

const KEY = createSigningKey();
const realTime = systemClock();
const log = pino({ level: 'silent' });
const HANDLERS = {
  rest: createRestClient(accessTo('http://127.0.0.1:9/api'), noMetrics),
  answerer: {
    handle: async () => ({ type: InteractionResponseType.Pong }) as const,
    isPublic: () => false,
  },
  authorized: async () => {},
};

async function open(parts: Partial<WebhookServerOptions> = {}) {
  const at = { host: '127.0.0.1', port: 0, publicKey: formatPublicKey(KEY) };
  const endpoint = await startWebhookServer({ ...at, ...HANDLERS, realTime, log, ...parts });
  onTestFinished(() => endpoint.close());
  return { endpoint, dial: () => dialled(Number(new URL(endpoint.url).port)) };
}

async function dialled(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Resolves when the connection is closed, after a reset too, which `once` would reject. */
const whenClosed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

test.each([
  ['in its headers', 'POST /interactions HTTP/1.1\r\nHost: x\r\nX-Signat'],
  ['in its body', 'POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n{"type"'],
  ['before its first byte', ''],
])('a request that is cut off %s does not hold up a stop', async (_, text) => {
  // Far longer than the test may take: the time limit of requests is not what ends it.
  const { endpoint, dial } = await open({ requestTimeoutMs: 600_000 });
  const sockets = await Promise.all(Array.from({ length: 20 }, dial));
  for (const socket of sockets) socket.write(text || Buffer.alloc(0));
  // The server has read what was sent before it answers another one.
  expect((await fetch(endpoint.url)).status).toBe(404);
  const closed = Promise.all(sockets.map(whenClosed));
  for (const socket of sockets) socket.resume();
  await endpoint.close();
  await closed;
});

test('more connections than the limit are closed at once, and the limit is free again later', async () => {
  const { endpoint, dial } = await open({ maxConnections: 3 });
  const held = await Promise.all([dial(), dial(), dial()]);
  const refused = await dial();
  refused.resume();
  await whenClosed(refused);
  for (const socket of held) socket.destroy();
  await expect
    .poll(() =>
      fetch(endpoint.url).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(404);
});

test('the time stamp of a request is checked before its signature', async () => {
  let checks = 0;
  const app = createWebhookApp({
    ...HANDLERS,
    isSigned() {
      checks += 1;
      return false;
    },
    replays: createReplayGuard(realTime.now),
    isSignatureCheckDue: () => false,
    tasks: createTaskTracker(log),
    closing: new AbortController().signal,
    log,
  });
  const { createServer } = await import('node:http');
  const { getRequestListener } = await import('@hono/node-server');
  const server = createServer(getRequestListener(new Hono().route('/', app).fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const ask = async (age: number) => {
    const seconds = Math.floor(realTime.now().epochMilliseconds / 1000) - age;
    const headers = createSignatureHeaders(KEY, '{}', seconds);
    const url = `http://127.0.0.1:${port}/interactions`;
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
  };
  expect([await ask(60), await ask(-60), await ask(31_536_000), checks]).toEqual([401, 401, 401, 0]);
  expect([await ask(0), checks]).toEqual([401, 1]);
});
