import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { MessageSender } from '../../src/delivery/ports.ts';
import { startWorker } from '../../src/delivery/worker.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { postgresOfFile } from '../postgres.ts';
import { onPostgres, openShared } from '../store/stores.ts';
import {
  at,
  CHANNEL,
  type Channels,
  GUILD,
  machine,
  recordingChannels,
  rightClock,
  silent,
  testClock,
} from './support.ts';

const server = postgresOfFile();

/** The milestone of the standard countdown, seven days before, and a moment before that. */
const DUE = '2024-05-31T09:00:00Z';
const BEFORE = at(DUE).subtract({ milliseconds: 300 });

/** A process: its own connections, its own worker. The clock is that of all: it must not go back from one to the next. */
async function processWith(sender: MessageSender, clock: Clock) {
  const store = await openShared(server().url);
  const bot = machine({ clock: { ...testClock(DUE), ...clock }, sender, store });
  const start = () => {
    const worker = startWorker({ ...bot, clock, clockCheck: rightClock, log: silent });
    onTestFinished(() => worker.stop());
    return worker;
  };
  return { store, bot, start };
}

async function orders(count: number): Promise<void> {
  const clock = testClock('2024-05-30T00:00:00Z');
  const bot = machine({ clock, sender: recordingChannels({ clock }), store: await openShared(server().url) });
  for (let number = 0; number < count; number += 1)
    await bot.add({ milestones: [7], channelId: channel(number) }, `2000000000000000${10 + (number % 5)}`);
}

const channel = (number: number) => String(BigInt(CHANNEL) + BigInt(number));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(20);
}

/** Discord, and a clock that runs on from just before the milestone. */
function scene() {
  const clock = systemClock(BEFORE);
  return { clock, discord: recordingChannels({ clock }) };
}

const postedTo = ({ posted }: Channels) => posted.map(({ channelId }) => channelId).toSorted();
const all = (count: number) => Array.from({ length: count }, (_, number) => channel(number));

test('three processes make each due post once, with one request each', async () => {
  await orders(40);
  const { clock, discord } = scene();
  const bots = await Promise.all([1, 2, 3].map(() => processWith(discord, clock)));
  for (const { start } of bots) start();
  await until(() => discord.posted.length >= 40);
  await delay(1_500);
  expect(postedTo(discord)).toEqual(all(40));
  expect(discord.sends).toHaveLength(40);
});

test('posts claimed by a process that died are made once by the others', async () => {
  await orders(20);
  const { clock, discord } = scene();
  const hung = new Set<string>();
  // Its posts arrive, and it never hears of it.
  const hanging: MessageSender = {
    find: discord.find,
    send(order) {
      hung.add(order.nonce);
      void discord.send(order);
      return new Promise(() => {});
    },
  };
  const dying = await processWith(hanging, clock);
  const worker = startWorker({ ...dying.bot, clock, clockCheck: rightClock, log: silent });
  await until(() => hung.size === 20);
  void worker.stop();
  await dying.store.close();
  await onPostgres(
    server().url,
    `UPDATE concierge_jobs.job SET heartbeat_on = heartbeat_on - interval '11 s'`,
  );
  const other = await processWith(discord, clock);
  other.start();
  // It cannot know how long ago the sends were, so it searches for each of them.
  while (await other.bot.queue.nextAt(new Set())) await delay(100);
  expect([discord.sends.length, discord.searches]).toEqual([20, 20]);
  expect(postedTo(discord)).toEqual(all(20));
});

test('an outage of the database loses and repeats no post', async () => {
  await orders(30);
  const { clock, discord } = scene();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const held: MessageSender = {
    find: discord.find,
    async send(order) {
      if (discord.posted.length >= 5) await released;
      return discord.send(order);
    },
  };
  const bots = await Promise.all([processWith(held, clock), processWith(held, clock)]);
  for (const { start } of bots) start();
  await until(() => discord.posted.length >= 5);
  await server().stop();
  // What was on its way arrives, and nobody can write that down.
  release();
  await delay(1_000);
  await server().start();
  const next = () => bots[0]?.bot.queue.nextAt(new Set());
  while (await next()) await delay(100);
  expect(postedTo(discord)).toEqual(all(30));
});

/** Two processes that do as they are told. */
async function pair(send: (other: Awaited<ReturnType<typeof processAt>>) => MessageSender['send']) {
  const clock = testClock('2024-05-30T00:00:00Z');
  const discord = recordingChannels({ clock });
  const other = await processAt(clock, discord);
  const one = await processAt(clock, { find: discord.find, send: send(other) });
  await one.add({ milestones: [7] });
  clock.set(DUE);
  return { clock, discord, one, other };
}

async function processAt(clock: ReturnType<typeof testClock>, sender: MessageSender) {
  const store: Store = await openShared(server().url);
  return machine({ clock, sender, store });
}

test('a server that one process erases while another posts there leaves no data', async () => {
  const { one } = await pair((other) => async () => {
    await other.countdowns.deleteOwner(GUILD);
    return { kind: 'posted', messageId: '1' };
  });
  await one.run();
  expect(await onPostgres(server().url, 'SELECT key FROM concierge.documents')).toEqual([]);
  expect(await onPostgres(server().url, 'SELECT id FROM concierge.due')).toEqual([]);
});

test('a refusal is retried if another process saw a change during the request', async () => {
  let refusals = 0;
  const { clock, discord, one } = await pair((other) => async (order) => {
    if (refusals > 0) return discord.send(order);
    refusals += 1;
    await other.pauses.retryPaused(GUILD, () => true, clock.now());
    return { kind: 'paused', reason: 'no-permission' };
  });
  await one.runTo('2024-06-01T00:00:00Z');
  expect(discord.posted).toHaveLength(1);
});

test('a countdown silenced by one process is resumed by another', async () => {
  let isOpen = false;
  const { clock, discord, one, other } = await pair(() => async (order) => {
    return isOpen ? discord.send(order) : { kind: 'paused', reason: 'no-permission' };
  });
  await one.run();
  // The channel would be checked again in an hour. Whoever added the countdown is told before.
  const [silenced] = await one.countdowns.list(GUILD);
  const due = await onPostgres(server().url, 'SELECT at FROM concierge.due WHERE id = $1', [
    silenced?.countdown.id,
  ]);
  expect(due.map(({ at: ms }) => Number(ms))).toEqual([clock.now().add({ hours: 1 }).epochMilliseconds]);
  isOpen = true;
  await other.pauses.retryPaused(GUILD, () => true, clock.now());
  await one.run();
  expect(discord.posted).toHaveLength(1);
});

test('two admins who change countdowns at the same moment through two processes both succeed', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const bots = await Promise.all([1, 2].map(() => processAt(clock, recordingChannels({ clock }))));
  const added = await Promise.all(
    Array.from({ length: 10 }, (_, number) => bots[number % 2]?.add({ channelId: channel(number) })),
  );
  const ids = added.map((countdown) => countdown?.id ?? '');
  await Promise.all(
    ids.slice(0, 5).map((id, number) => bots[(number + 1) % 2]?.countdowns.remove(GUILD, id)),
  );
  const left = await bots[0]?.countdowns.list(GUILD);
  expect(left?.map(({ countdown }) => countdown.id).toSorted()).toEqual(ids.slice(5).toSorted());
});
