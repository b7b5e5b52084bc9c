import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../../chaos/faults.ts';
import { createLedger } from '../../src/delivery/ledger.ts';
import { CHANNEL, GUILD, machine, recordingChannels, testClock } from '../delivery/support.ts';
import { startLateProxy } from '../late-proxy.ts';
import { postgresDatabase } from '../postgres.ts';
import { onPostgres, openShared, type TestStore } from './stores.ts';

const OTHER_CHANNEL = '100000000000000002';

/** Ends the sessions that wait inside a transaction, as PostgreSQL does after 30 seconds. */
const endIdleTransactions = (url: string) =>
  onPostgres(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );

/** Whether it succeeded. */
const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

function botOn(store: TestStore) {
  const clock = testClock('2024-05-30T00:00:00Z');
  return machine({ clock, sender: recordingChannels({ clock }), store });
}

test('an order whose write arrives after another process had the lock changes nothing', async () => {
  const url = await postgresDatabase();
  const proxy = await startLateProxy(url);
  const late = botOn(await openShared(proxy.url));
  const other = botOn(await openShared(url));
  const held = proxy.holdAt(OTHER_CHANNEL);
  const adding = succeeds(late.add({ channelId: OTHER_CHANNEL }));
  await held;
  await endIdleTransactions(url);
  await other.add({ channelId: CHANNEL });
  proxy.release();
  expect(await adding).toBe(false);
  await delay(100);
  const left = await other.countdowns.list(GUILD);
  expect(left.map(({ countdown }) => countdown.channelId)).toEqual([CHANNEL]);
});

test('an order whose commit is lost with its session is reported as failed, and leaves nothing', async () => {
  const url = await postgresDatabase();
  const proxy = await startLateProxy(url);
  const late = botOn(await openShared(proxy.url));
  const other = botOn(await openShared(url));
  const held = proxy.holdAt('COMMIT');
  const adding = succeeds(late.add());
  await held;
  await endIdleTransactions(url);
  proxy.release();
  expect(await adding).toBe(false);
  expect(await other.countdowns.list(GUILD)).toEqual([]);
  expect(await onPostgres(url, 'SELECT id FROM concierge.due')).toEqual([]);
});

test('a record of the ledger that arrives late overwrites no other one', async () => {
  const url = await postgresDatabase();
  const proxy = await startLateProxy(url);
  const [late, other] = [await openShared(proxy.url), await openShared(url)].map(({ open }) =>
    createLedger(open),
  );
  const posted = (messageId: string) => ({ state: 'posted', messageId, at: '2024-05-30T00:00:00Z' }) as const;
  await other?.set('a/7', posted('1'));
  const held = proxy.holdAt('the late message');
  const writing = late?.set('a/1', posted('the late message'));
  await held;
  await other?.set('a/0', posted('2'));
  proxy.release();
  await writing;
  expect(Object.keys((await other?.all('a')) ?? {}).toSorted()).toEqual(['a/0', 'a/1', 'a/7']);
});

test('a decision that arrives late does not follow on that of another process', async () => {
  const url = await postgresDatabase();
  const proxy = await startLateProxy(url);
  const [late, other] = [await openShared(proxy.url), await openShared(url)].map(({ open }) =>
    createLedger(open),
  );
  const sending = { state: 'sending', attempt: 1, nonce: 'late', at: '2024-05-30T00:00:00Z' } as const;
  const posted = { state: 'posted', messageId: '2', at: '2024-05-30T00:00:00Z' } as const;
  const held = proxy.holdAt('late');
  const writing = late?.replace('a/1', undefined, sending);
  await held;
  await other?.set('a/1', posted);
  proxy.release();
  expect(await writing).toBe(false);
  await late?.set('a/1', { state: 'waiting', attempt: 1, at: '2024-05-30T00:00:00Z' });
  expect(await other?.get('a/1')).toEqual(posted);
});

const names = z.array(z.string());

/** A process behind a proxy of its own that adds its names to one document, under a lock, and to one document of the ledger. */
async function writer(url: string, name: string, random: () => number) {
  const proxy = await startLateProxy(url);
  const store = await openShared(proxy.url);
  const documents = store.open('names', names);
  const ledger = createLedger(store.open);
  proxy.holdAtRandom(() => (random() < 0.06 ? 50 + random() * 400 : undefined));
  const confirmed: string[] = [];
  const recorded: string[] = [];
  for (let number = 0; number < 25; number += 1) {
    const entry = `${name}-${number}`;
    const add = async () => documents.set('all', [...((await documents.get('all')) ?? []), entry]);
    if (await succeeds(store.withLock('owner', add))) confirmed.push(entry);
    const record = { state: 'posted', messageId: entry, at: '2024-05-30T00:00:00Z' } as const;
    if (await succeeds(ledger.set(`ledger/${entry}`, record))) recorded.push(`ledger/${entry}`);
  }
  proxy.holdAtRandom(() => undefined);
  proxy.release();
  return { confirmed, recorded };
}

test('three processes whose writes arrive late and whose locks are lost lose no confirmed change', async () => {
  const url = await postgresDatabase();
  const random = createRandom(14);
  const observer = await openShared(url);
  const state = { isOver: false, ended: 0 };
  const breaking = (async () => {
    while (!state.isOver) {
      await delay(50 + random() * 150);
      state.ended += (await endIdleTransactions(url)).length;
    }
  })();
  const results = await Promise.all(['a', 'b', 'c'].map((name) => writer(url, name, random)));
  state.isOver = true;
  await breaking;
  await delay(500);
  const stored = new Set(await observer.open('names', names).get('all'));
  const records = await createLedger(observer.open).all('ledger');
  const confirmed = results.flatMap((result) => result.confirmed);
  const recorded = results.flatMap((result) => result.recorded);
  expect(confirmed.filter((entry) => !stored.has(entry))).toEqual([]);
  expect(recorded.filter((entry) => !(entry in records))).toEqual([]);
  expect([confirmed.length > 20, recorded.length > 40, state.ended > 2]).toEqual([true, true, true]);
});
