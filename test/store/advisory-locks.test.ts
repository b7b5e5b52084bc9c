import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { KeyedQueue } from '../../src/lib/keyed-queue.ts';
import { postgresDatabase } from '../postgres.ts';
import { onPostgres, openShared, STORES } from './stores.ts';

const counter = z.object({ count: z.number() });

/** Work that writes down when it begins and ends. */
function diary() {
  const lines: string[] = [];
  const write = (name: string) => async () => {
    lines.push(`${name} begins`);
    await delay(5);
    lines.push(`${name} ends`);
    return name;
  };
  return { lines, write };
}

const apart = (lines: string[]) =>
  lines.every((line, at) => at % 2 === 0 || line === lines[at - 1]?.replace('begins', 'ends'));

describe.each(STORES)('%s', (_, openStore) => {
  test('a lock runs work under one name one after the other and returns its result', async () => {
    const { withLock } = await openStore();
    const { lines, write } = diary();
    const names = await Promise.all(['a', 'b', 'c'].map((name) => withLock('server', write(name))));
    expect(names).toEqual(['a', 'b', 'c']);
    expect(lines).toHaveLength(6);
    expect(apart(lines)).toBe(true);
  });

  test('locks with different names are held at the same time', async () => {
    const { withLock } = await openStore();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = withLock('one', () => promise);
    await withLock('two', async () => resolve());
    await first;
  });

  test('a lock passes on the error of failed work and runs the next', async () => {
    const { withLock } = await openStore();
    const failing = withLock('server', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await withLock('server', async () => 'yes')).toBe('yes');
  });

  test('the rate limiter spaces slots evenly', async () => {
    const { acquireSlot } = await openStore();
    const started = performance.now();
    const times = await Promise.all(
      Array.from({ length: 21 }, () => acquireSlot().then(() => performance.now() - started)),
    );
    expect(tooEarly(times)).toEqual([]);
  });
});

/**
 * Of slots, by the milliseconds after which they were had, those that came before their place: one in 25 ms. A slow machine
 * only delays them. A timer may be a millisecond early.
 */
const tooEarly = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b).filter((ms, place) => ms < place * 25 - 2);

describe('processes that share a database', () => {
  test('hold a lock of one name one after the other, so no write is lost', async () => {
    const url = await postgresDatabase();
    const stores = await Promise.all([openShared(url), openShared(url), openShared(url)]);
    const add = ({ withLock, open }: { withLock: KeyedQueue; open: (typeof stores)[0]['open'] }) =>
      withLock('server', async () => {
        const documents = open('counter', counter);
        const count = (await documents.get('it'))?.count ?? 0;
        await delay(2);
        await documents.set('it', { count: count + 1 });
      });
    await Promise.all(Array.from({ length: 30 }, (_, number) => add(stores[number % 3] ?? stores[0])));
    expect(await stores[0].open('counter', counter).get('it')).toEqual({ count: 30 });
  });

  test('hold any number of locks and still read and write documents', async () => {
    const store = await openShared(await postgresDatabase());
    const documents = store.open('counter', counter);
    await Promise.all(
      Array.from({ length: 60 }, (_, number) =>
        store.withLock(`server ${number}`, async () => {
          await documents.set(`${number}`, { count: number });
          await documents.get(`${number}`);
        }),
      ),
    );
    expect(await documents.get('59')).toEqual({ count: 59 });
  });

  test('lose their locks with their connection', async () => {
    const url = await postgresDatabase();
    const [dying, other] = [await openShared(url), await openShared(url)];
    const { promise: never, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const held = dying.withLock('server', async () => {
      begin();
      await never;
    });
    await begun;
    const waiting = other.withLock('server', async () => 'had');
    await onPostgres(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(await waiting).toBe('had');
    resolve();
    await expect(held).rejects.toThrow('does not answer');
  });

  test('share one rate limit', async () => {
    const url = await postgresDatabase();
    const stores = await Promise.all([openShared(url), openShared(url), openShared(url)]);
    const started = performance.now();
    const times = await Promise.all(
      stores.flatMap(({ acquireSlot }) =>
        Array.from({ length: 20 }, () => acquireSlot().then(() => performance.now() - started)),
      ),
    );
    expect(tooEarly(times)).toEqual([]);
  });

  test('ignore a next rate-limit slot that is an hour ahead: the clock of the database was set back', async () => {
    const url = await postgresDatabase();
    const { acquireSlot } = await openShared(url);
    await acquireSlot();
    await onPostgres(url, `UPDATE concierge.pace SET next = now() + interval '1 hour'`);
    await acquireSlot();
  });
});
