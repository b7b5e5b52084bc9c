import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import {
  createPostsClient,
  createRestClient,
  createWritesClient,
  pacingRepeats,
} from '../../../src/discord/rest/client.ts';
import { toOutcome } from '../../../src/discord/rest/errors.ts';
import { createLastCheck } from '../../../src/discord/rest/last-check.ts';
import { listen } from '../../../src/lib/listen.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { channelId, sandboxFor } from '../../sandbox/support.ts';
import { accessTo } from './access.ts';

const body = { content: 'hello' };
const outcomeOf = (request: Promise<unknown>) => request.then(() => 'posted' as const, toOutcome);

/** Eighteen hours, and statements that no limit of Discord's makes. */
const WAITS = [
  ['1 s', 1, 1_000],
  ['18 hours', 64_800, 64_800_000],
  ['40 days, longer than a timer runs', 3_456_000, 86_400_000],
  ['a million years', 31_536_000_000_000, 86_400_000],
] as const;

test.each(WAITS)('a 429 of %s is an outcome at once', async (_, seconds, ms) => {
  const sandbox = await sandboxFor();
  const route = `/channels/${await channelId(sandbox)}/messages` as const;
  const posts = createPostsClient(accessTo(sandbox.apiUrl), noMetrics);
  await sandbox.faults([
    { route: 'POST /channels/*/messages', times: 1, does: { rateLimit: seconds, header: seconds } },
  ]);
  const begun = performance.now();
  const first = await outcomeOf(posts.post(route, { body }));
  expect(first).toMatchObject({ kind: 'retry', notSent: true });
  // The library adds 50 ms for each of its two statements.
  const { waitMs = 0 } = first === 'posted' || first.kind !== 'retry' ? {} : first;
  expect(Math.abs(waitMs - ms)).toBeLessThanOrEqual(200);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(1);
});

test.each(WAITS.slice(1))('a request of a command does not wait %s for a rate limit', async (_, seconds) => {
  const sandbox = await sandboxFor();
  const rest = createRestClient(accessTo(sandbox.apiUrl), noMetrics);
  await sandbox.faults([{ route: 'GET /users/@me', does: { rateLimit: seconds, header: seconds } }]);
  expect(await outcomeOf(rest.get('/users/@me'))).toMatchObject({ kind: 'retry', notSent: true });
});

test('a post that was held up in the queue of the library is not sent', async () => {
  const sandbox = await sandboxFor();
  const route = `/channels/${await channelId(sandbox)}/messages` as const;
  const { guard, withLastCheck } = createLastCheck();
  const access = accessTo(sandbox.apiUrl);
  const posts = createPostsClient({ ...access, makeRequest: guard(access.makeRequest) }, noMetrics);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: { hang: 0.2 } }]);
  let maySend = true;
  const first = posts.post(route, { body });
  const second = outcomeOf(
    withLastCheck(
      () => maySend,
      () => posts.post(route, { body }),
    ),
  );
  maySend = false;
  await first;
  expect(await second).toEqual({ kind: 'retry', why: 'held up before the send', notSent: true });
  expect(await sandbox.messages('general')).toHaveLength(1);
});

test.each(['stalls', 'trickles'])(
  'an answer whose body %s after its headers is given up in time',
  async (how) => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":');
      if (how === 'trickles') {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      }
    });
    const url = await listen(server, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const access = accessTo(`${url}/api`);
    const rest = createRestClient(access, noMetrics, { retries: 0, timeout: 300 });
    const begun = performance.now();
    const outcome = await outcomeOf(rest.post('/channels/1/messages', { body }));
    expect(outcome).toMatchObject({ kind: 'retry' });
    expect(outcome).not.toHaveProperty('notSent');
    expect(performance.now() - begun).toBeLessThan(5_000);
  },
);

test('another write waits for a short limit, and acquires a slot when it is repeated', async () => {
  const sandbox = await sandboxFor();
  const route = `/channels/${await channelId(sandbox)}/messages` as const;
  let slots = 0;
  const writes = createWritesClient(accessTo(sandbox.apiUrl), noMetrics, async () => {
    slots += 1;
  });
  await writes.post(route, { body });
  expect(slots).toBe(0);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: { rateLimit: 0.1 } }]);
  await writes.post(route, { body });
  expect(slots).toBe(1);
  expect(await sandbox.messages('general')).toHaveLength(2);
});

test('a request that the library repeats after a server error acquires a slot each time, an answer does not', async () => {
  const sandbox = await sandboxFor();
  const access = accessTo(sandbox.apiUrl);
  let slots = 0;
  const makeRequest = pacingRepeats(access.makeRequest, async () => {
    slots += 1;
  });
  const rest = createRestClient({ ...access, makeRequest }, noMetrics);
  await sandbox.faults([{ route: 'GET /users/@me', times: 2, does: { status: 500 } }]);
  await rest.get('/users/@me');
  expect(slots).toBe(2);
  await sandbox.faults([{ route: 'POST /interactions/*', times: 'always', does: { status: 500 } }]);
  await rest.post('/interactions/1/x/callback', { body: {}, auth: false }).catch(() => {});
  expect(slots).toBe(2);
});

test('the client for posts gives a request 15 seconds, and repeats none that failed', () => {
  const { options } = createPostsClient(accessTo('http://127.0.0.1:9/api'), noMetrics);
  expect(options).toMatchObject({ timeout: 15_000, retries: 0 });
});

test('a client is not kept in memory after the bot has stopped', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const stopping = new AbortController();
  const open = () =>
    new WeakRef(
      createRestClient({ ...accessTo('http://127.0.0.1:9/api'), signal: stopping.signal }, noMetrics),
    );
  const client = open();
  stopping.abort();
  const isGone = () => {
    collectGarbage();
    return client.deref() === undefined;
  };
  await expect.poll(isGone).toBe(true);
});
