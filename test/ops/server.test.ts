import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createGatewayCheck, createQueueCheck, createStoreCheck } from '../../src/ops/health-checks.ts';
import { startOpsServer } from '../../src/ops/server.ts';
import { at, silent, testClock } from '../delivery/support.ts';
import { openOps, WELL } from './support.ts';

async function readyz(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A bot in which all is well, and what may go wrong with it. */
function bot(wrong: {
  storeAway?: boolean;
  disconnected?: boolean;
  lookedAt?: string;
  dueAt?: string | null;
}) {
  const { storeAway, disconnected, lookedAt = '2025-06-06T13:00:00Z', dueAt = null } = wrong;
  return {
    ...WELL,
    checks: {
      store: createStoreCheck({
        reachable: async () => {
          if (storeAway) throw new Error('connect ECONNREFUSED for user concierge, password hunter2');
        },
      }),
      gateway: createGatewayCheck({ isReady: () => !disconnected }),
      queue: createQueueCheck({
        clock: testClock('2025-06-06T13:00:10Z'),
        worker: { lastPolledAt: () => at(lookedAt) },
        queue: { nextAt: async () => (dueAt === null ? null : at(dueAt)) },
      }),
    },
  };
}

test('the server for operators is off without a port: nothing listens, nothing is counted', async () => {
  const ops = await startOpsServer({ at: undefined, log: silent });
  expect(ops.url).toBeUndefined();
  ops.metrics.interactionAnswered('ballerina/cast', 'answered', { seconds: 1 });
  ops.watch(WELL);
  await ops.close();
});

test('/healthz says alive from the start, whatever fails', async () => {
  const { url, watch } = await openOps();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  watch(bot({ storeAway: true, disconnected: true }));
  const response = await fetch(`${url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { alive: true }]);
});

describe('/readyz', () => {
  test('says that the bot is starting', async () => {
    const { url } = await openOps();
    expect(await readyz(url)).toEqual({
      status: 503,
      body: { ready: false, start: 'the bot is starting' },
    });
  });

  test('says ready if all checks pass', async () => {
    const { url, watch } = await openOps();
    watch(bot({}));
    expect(await readyz(url)).toEqual({
      status: 200,
      body: { ready: true, store: 'ok', gateway: 'ok', queue: 'ok' },
    });
  });

  test.each([
    ['the store is away', { storeAway: true }, { store: 'the database does not answer' }],
    ['the gateway is not connected', { disconnected: true }, { gateway: 'the gateway is not connected' }],
    [
      'something is due and the queue was not read',
      { lookedAt: '2025-06-06T12:50:00Z', dueAt: '2025-06-06T12:55:00Z' },
      { queue: 'due entries are not being processed' },
    ],
    [
      'all of it at once',
      { storeAway: true, disconnected: true },
      { store: 'the database does not answer', gateway: 'the gateway is not connected' },
    ],
  ])('names what is wrong: %s', async (_, wrong, told) => {
    const { url, watch } = await openOps();
    watch(bot(wrong));
    expect(await readyz(url)).toEqual({
      status: 503,
      body: { ready: false, store: 'ok', gateway: 'ok', queue: 'ok', ...told },
    });
  });

  test.each([
    ['has nothing to do', { lookedAt: '2025-06-01T00:00:00Z' }],
    ['waits for what comes', { lookedAt: '2025-06-01T00:00:00Z', dueAt: '2025-06-07T00:00:00Z' }],
    ['is about to wake', { lookedAt: '2025-06-01T00:00:00Z', dueAt: '2025-06-06T13:00:00Z' }],
    ['has much to do', { lookedAt: '2025-06-06T13:00:00Z', dueAt: '2025-06-06T11:00:00Z' }],
  ])('holds nothing against a runner that %s', async (_, runner) => {
    const { url, watch } = await openOps();
    watch(bot(runner));
    expect((await readyz(url)).status).toBe(200);
  });

  test('does not wait for a check that hangs', async () => {
    const { url, watch } = await openOps();
    watch({ ...WELL, checks: { store: () => new Promise(() => {}), gateway: async () => undefined } });
    expect(await readyz(url)).toEqual({
      status: 503,
      body: { ready: false, store: 'it does not answer', gateway: 'ok' },
    });
  });

  test('does not show the message of an error', async () => {
    const { url, watch } = await openOps();
    watch({ ...bot({ storeAway: true }), backlog: () => Promise.reject(new Error('hunter2')) });
    const told = await Promise.all(
      ['healthz', 'readyz', 'metrics', 'else'].map(async (path) => (await fetch(`${url}/${path}`)).text()),
    );
    expect(told.join()).not.toMatch(/hunter2|password|ECONNREFUSED/);
  });
});

test.each([
  ['GET', '/'],
  ['GET', '/metrics/'],
  ['GET', '/constructor'],
  ['GET', '//healthz'],
  ['POST', '/healthz'],
  ['DELETE', '/metrics'],
])('%s %s is not there', async (method, path) => {
  const { url } = await openOps();
  const response = await fetch(`${url}${path}`, { method });
  expect([response.status, await response.json()]).toEqual([404, { error: 'not found' }]);
});

test('the server for operators responds to HEAD and to paths with a query', async () => {
  const { url } = await openOps();
  expect((await fetch(`${url}/healthz?from=here`)).status).toBe(200);
  const head = await fetch(`${url}/healthz`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('the server for operators listens only on the given address', async () => {
  const { url } = await openOps();
  const others = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  for (const host of [...others, '127.0.0.2']) {
    await expect(connect(host, new URL(url).port), host).rejects.toThrow('ECONNREFUSED');
  }
});

test('a port for operators that is in use is reported in a sentence', async () => {
  const { url } = await openOps();
  const port = Number(new URL(url).port);
  await expect(startOpsServer({ at: { host: '127.0.0.1', port }, log: silent })).rejects.toThrow(
    /^The server for operators cannot listen on 127\.0\.0\.1:\d+ \(.*EADDRINUSE.*\)\. Choose another OPS_PORT/,
  );
});

test('closing the server for operators closes idle connections too', async () => {
  const { url, close } = await openOps();
  await fetch(`${url}/healthz`);
  await close();
  await expect(connect('127.0.0.1', new URL(url).port)).rejects.toThrow('ECONNREFUSED');
});

function connect(host: string, port: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host, port, path: '/healthz' }, (response) => {
      response.resume();
      resolve();
    })
      .on('error', (error) => reject(new Error(String((error as { code?: string }).code))))
      .end();
  });
}
