import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nonceOf } from '../../src/delivery/ledger.ts';
import type { DeliveryServices } from '../../src/delivery/ports.ts';
import { GUILD, type Machine, machine, recordingChannels, testClock } from './support.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const DUE = '2024-05-31T09:00:00Z';

/** One countdown that is due, of a bot whose parts are changed. */
async function dueWith(spoil: (parts: DeliveryServices) => DeliveryServices) {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  const bot = machine({ clock, sender: channels, spoil });
  const { id } = await bot.add({ milestones: [7] });
  clock.set(DUE);
  return { clock, channels, bot, key: `${id}/milestone/7/2024-06-07` };
}

const deliverDue = async ({ queue, process }: Machine, now: Temporal.Instant) => {
  for (const entry of await queue.claim(now, new Set(), 10)) await process(entry);
};

test('a post made by another process during the wait for a slot is not repeated', async () => {
  const { clock, channels, bot, key } = await dueWith((parts) => ({
    ...parts,
    acquireSlot: () => parts.ledger.set(key, { state: 'posted', messageId: '1', at: DUE }),
  }));
  await deliverDue(bot, clock.now());
  expect(channels.sends).toEqual([]);
  await bot.runTo('2024-06-01T00:00:00Z');
  expect(channels.sends).toEqual([]);
  expect(await bot.queue.nextAt(new Set())).toBeNull();
});

test('a post that another process is sending is left to it and checked again soon', async () => {
  let others = true;
  const { clock, channels, bot, key } = await dueWith((parts) => ({
    ...parts,
    async acquireSlot() {
      if (others) await parts.ledger.set(key, { state: 'sending', attempt: 1, nonce: nonceOf(key), at: DUE });
      others = false;
    },
  }));
  await deliverDue(bot, clock.now());
  expect(channels.sends).toEqual([]);
  await bot.runTo('2024-06-01T00:00:00Z');
  expect(channels.posted).toHaveLength(1);
});

test('a process suspended between decision and send does not send', async () => {
  let heldUp = true;
  const { clock, channels, bot } = await dueWith((parts) => ({
    ...parts,
    ledger: {
      ...parts.ledger,
      async replace(key, known, record) {
        const isReplaced = await parts.ledger.replace(key, known, record);
        if (heldUp) vi.advanceTimersByTime(21_000);
        heldUp = false;
        return isReplaced;
      },
    },
  }));
  await deliverDue(bot, clock.now());
  expect(channels.sends).toEqual([]);
  await bot.runTo('2024-06-01T00:00:00Z');
  expect(channels.posted).toHaveLength(1);
});

test('a rate-limit slot that became stale while the ledger was written is replaced', async () => {
  let places = 0;
  const { clock, channels, bot } = await dueWith((parts) => ({
    ...parts,
    async acquireSlot() {
      places += 1;
    },
    ledger: {
      ...parts.ledger,
      async replace(key, known, record) {
        const isReplaced = await parts.ledger.replace(key, known, record);
        vi.advanceTimersByTime(300);
        return isReplaced;
      },
    },
  }));
  await deliverDue(bot, clock.now());
  expect(channels.posted).toHaveLength(1);
  expect(places).toBe(2);
});

test('only a few posts are prepared at a time; the others wait without a slot or a record', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let places = 0;
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  const bot = machine({
    clock,
    sender: channels,
    spoil: (parts) => ({
      ...parts,
      acquireSlot() {
        places += 1;
        return promise;
      },
    }),
  });
  for (let number = 0; number < 20; number += 1)
    await bot.add({ milestones: [7], channelId: `1000000000000000${10 + number}` });
  clock.set(DUE);
  const entries = await bot.queue.claim(clock.now(), new Set(), 100);
  const delivered = Promise.all(entries.map(bot.process));
  await new Promise((done) => setImmediate(() => setImmediate(done)));
  expect(places).toBe(8);
  const records = await Promise.all(
    (await bot.countdowns.list(GUILD)).map(({ countdown }) =>
      bot.ledger.get(`${countdown.id}/milestone/7/2024-06-07`),
    ),
  );
  expect(records.filter(Boolean)).toEqual([]);
  resolve();
  await delivered;
  expect(channels.posted).toHaveLength(20);
});
