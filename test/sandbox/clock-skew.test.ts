import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, request, sandboxFor } from './support.ts';

const START = '2024-01-20T12:00:00Z';
const REAL = 1_700_000_000_000;

/** Discord's times in the answer to a post: the header, the timestamp, and that in the id. */
async function times(sandbox: Sandbox) {
  const path = `/channels/${await channelId(sandbox)}/messages`;
  const { body, headers } = await request(sandbox, 'POST', path, { content: 'x' });
  const minutes = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  const idMs = Number(BigInt(body.id) >> 22n) + 1_420_070_400_000;
  return {
    at: [Date.parse(headers.get('date') ?? ''), Date.parse(body.timestamp), idMs].map(minutes),
    reset: Number(headers.get('x-ratelimit-reset')) - REAL / 1_000,
    resetAfter: headers.get('x-ratelimit-reset-after'),
  };
}

test("Discord's clock can be ahead of the sandbox's, in each of its times", async () => {
  const sandbox = await sandboxFor({ rateLimitTime: () => REAL });
  expect(await times(sandbox)).toEqual({ at: ['12:00', '12:00', '12:00'], reset: 5, resetAfter: '5.000' });
  await sandbox.world({ clockSkewSeconds: 5_400 });
  expect(await times(sandbox)).toEqual({
    at: ['13:30', '13:30', '13:30'],
    reset: 5_405,
    resetAfter: '5.000',
  });
  expect((await sandbox.state()).now).toBe(START);
  expect(String(sandbox.clock.now())).toBe(START);
});

test("Discord's clock can be behind, and ids go on from the last", async () => {
  const sandbox = await sandboxFor({ rateLimitTime: () => REAL });
  const before = BigInt(
    (await sandbox.world({ addChannel: { name: 'one' } })).guilds[0]?.channels.at(-1)?.id ?? 0,
  );
  await sandbox.world({ clockSkewSeconds: -3_600 });
  const after = BigInt(
    (await sandbox.world({ addChannel: { name: 'two' } })).guilds[0]?.channels.at(-1)?.id ?? 0,
  );
  expect(after).toBeGreaterThan(before);
  const { at, reset } = await times(sandbox);
  // An id is never lower than one before it.
  expect([at, reset]).toEqual([['11:00', '11:00', '12:00'], -3_595]);
  await sandbox.world({ clockSkewSeconds: 0 });
  expect((await times(sandbox)).at).toEqual(['12:00', '12:00', '12:00']);
});

test("a time-out ends by Discord's clock", async () => {
  const sandbox = await sandboxFor();
  const path = `/channels/${await channelId(sandbox)}/messages`;
  const post = async () => (await request(sandbox, 'POST', path, { content: 'x' })).status;
  await sandbox.world({ timeOut: { until: '2024-01-20T13:00:00Z' } });
  expect(await post()).toBe(403);
  await sandbox.world({ clockSkewSeconds: 3_600 });
  expect(await post()).toBe(200);
});

test('a saved world keeps the skew, and the time of the sandbox', async () => {
  const state = mkdtempSync(join(tmpdir(), 'skew-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const first = await sandboxFor({ state });
  await first.world({ clockSkewSeconds: 7_200 });
  await first.stop();
  const second = await sandboxFor({ state });
  expect((await second.state()).now).toBe(START);
  expect((await request(second, 'GET', '/users/@me')).headers.get('date')).toContain('14:00:00');
});
