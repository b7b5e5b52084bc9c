import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DueQueue } from '../../src/store/due-queue.ts';
import { at } from '../delivery/support.ts';
import { postgresDatabase } from '../postgres.ts';
import { onPostgres, openShared } from './stores.ts';

const NOON = at('2024-06-07T12:00:00Z');
const NONE: ReadonlySet<string> = new Set();
const put = (queue: DueQueue, entryId: string) =>
  queue.enqueue({ entryId: entryId, ownerId: 'g', at: NOON, release: 'film', fingerprint: 'b' });
const take = async (queue: DueQueue, most = 100) =>
  (await queue.claim(NOON, NONE, most)).map(({ entryId }) => entryId);

/** As if the process that has everything in hand had not been heard of for so long. */
const fallSilent = (url: string, seconds: number) =>
  onPostgres(
    url,
    `UPDATE concierge_jobs.job SET heartbeat_on = heartbeat_on - $1 * interval '1 s' WHERE state = 'active'`,
    [seconds],
  );

/** Asks until something is handed out. */
async function takeSoon(queue: DueQueue): Promise<string[]> {
  for (;;) {
    const taken = await take(queue);
    if (taken.length > 0) return taken;
    await delay(100);
  }
}

/** When the process that has something in hand was last heard of. */
async function lastHeardOf(url: string): Promise<number> {
  const [job] = await onPostgres(
    url,
    `SELECT extract(epoch FROM heartbeat_on)::float8 AS at FROM concierge_jobs.job WHERE state = 'active'`,
  );
  return Number(job?.['at']);
}

async function processes(count: number) {
  const url = await postgresDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openShared(url)));
  return { url, stores, queues: stores.map(({ queue }) => queue) };
}

test('processes that poll at the same time claim each entry once', async () => {
  const { queues } = await processes(3);
  const [first] = queues;
  for (let number = 0; number < 90; number += 1) await put(first as DueQueue, `c${number}`);
  const taken = await Promise.all(
    queues.flatMap((queue) => Array.from({ length: 5 }, () => take(queue, 10))),
  );
  const rest = await take(first as DueQueue);
  const all = [...taken.flat(), ...rest];
  expect(all).toHaveLength(90);
  expect(new Set(all).size).toBe(90);
});

test('an entry claimed by one process cannot be claimed by another', async () => {
  const { queues } = await processes(2);
  const [one, other] = queues as [DueQueue, DueQueue];
  await put(one, 'a');
  expect(await take(one)).toEqual(['a']);
  await put(other, 'a');
  for (let asked = 0; asked < 3; asked += 1) expect(await take(other)).toEqual([]);
  await one.release('a');
  expect(await take(other)).toEqual(['a']);
});

test('the claims of a process that died go to one other process', async () => {
  const { url, stores, queues } = await processes(3);
  const [dying, one, other] = queues as [DueQueue, DueQueue, DueQueue];
  await put(one, 'a');
  expect(await take(dying)).toEqual(['a']);
  await stores[0]?.close();
  await fallSilent(url, 1);
  expect(await take(one)).toEqual([]);
  await fallSilent(url, 10);
  expect(await takeSoon(one)).toEqual(['a']);
  expect(await take(other)).toEqual([]);
});

test('a living process keeps its claims for any time', async () => {
  const { url, queues } = await processes(2);
  const [one, other] = queues as [DueQueue, DueQueue];
  await put(one, 'a');
  await take(one);
  // Together it is silent for longer than the ten seconds that are allowed, but is heard of in between.
  for (let round = 0; round < 3; round += 1) {
    await fallSilent(url, 4);
    const before = await lastHeardOf(url);
    await expect.poll(() => lastHeardOf(url)).toBeGreaterThan(before);
    expect(await take(other)).toEqual([]);
  }
});

test('an entry whose claim was lost is not returned again to the process that still processes it', async () => {
  const { url, queues } = await processes(2);
  const [one, other] = queues as [DueQueue, DueQueue];
  await put(one, 'a');
  expect(await take(one)).toEqual(['a']);
  await onPostgres(url, `UPDATE concierge_jobs.job SET state = 'failed', completed_on = now()`);
  expect(await take(one)).toEqual([]);
  expect(await take(other)).toEqual([]);
  await one.release('a');
  expect(await take(other)).toEqual(['a']);
});

test('releasing a lost claim does not end the claim of another process', async () => {
  const { url, queues } = await processes(3);
  const [one, other, third] = queues as [DueQueue, DueQueue, DueQueue];
  await put(one, 'a');
  await take(one);
  await onPostgres(url, `UPDATE concierge_jobs.job SET state = 'failed', completed_on = now()`);
  expect(await take(other)).toEqual(['a']);
  await one.release('a');
  expect(await take(third)).toEqual([]);
});

test('an entry that is no longer due when claimed is released and not returned', async () => {
  const { url, queues } = await processes(2);
  const [one, other] = queues as [DueQueue, DueQueue];
  for (const id of ['a', 'b', 'c']) await put(one, id);
  // One place: the others are not offered, or wait.
  await take(one, 3);
  await onPostgres(
    url,
    `UPDATE concierge_jobs.job SET state = 'created', started_on = NULL, heartbeat_on = NULL`,
  );
  await one.enqueue({
    entryId: 'b',
    ownerId: 'g',
    at: NOON.add({ hours: 1 }),
    release: 'film',
    fingerprint: 'b',
  });
  await one.remove('c');
  expect(await take(other)).toEqual(['a']);
  expect(
    await onPostgres(url, `SELECT data->>'countdownId' AS id FROM concierge_jobs.job WHERE state = 'active'`),
  ).toEqual([{ id: 'a' }]);
});

test('finished jobs are deleted after a minute', async () => {
  const { url, queues } = await processes(1);
  const [queue] = queues as [DueQueue];
  await put(queue, 'a');
  await take(queue);
  await queue.release('a');
  const [job] = await onPostgres(url, `SELECT state, deletion_seconds FROM concierge_jobs.job`);
  expect(job).toEqual({ state: 'completed', deletion_seconds: 60 });
});

test('processes that start at the same time on an empty database all start', async () => {
  const { queues } = await processes(4);
  await Promise.all(queues.map((queue) => queue.claim(NOON, NONE, 1)));
});
