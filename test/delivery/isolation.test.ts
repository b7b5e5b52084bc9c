import { setImmediate as macrotask } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { startWorker } from '../../src/delivery/worker.ts';
import { machine, recordingChannels, rightClock, silent, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';

/** A running bot with a countdown in each of these channels; what `send` answers replaces the sending where it is given. */
async function running(channelIds: string[], special: (channelId: string) => Promise<Outcome> | undefined) {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  let sends = 0;
  const bot = machine({
    clock,
    sender: {
      find: channels.find,
      send(order) {
        sends += 1;
        return special(order.countdown.channelId) ?? channels.send(order);
      },
    },
  });
  for (const channelId of channelIds) await bot.add({ channelId, milestones: [7] });
  const worker = startWorker({ ...bot, clock, clockCheck: rightClock, log: silent });
  clock.set(DUE);
  for (let round = 0; round < 20; round += 1) await macrotask();
  return { channels, clock, worker, bot, sends: () => sends };
}

const CHANNELS = Array.from(
  { length: 20 },
  (_, number) => `1000000000000000${String(number).padStart(2, '0')}`,
);

test('a channel that hangs for ever does not delay others', async () => {
  const { channels } = await running(CHANNELS, (id) =>
    id === CHANNELS[0] ? new Promise<never>(() => {}) : undefined,
  );
  expect(channels.posted.map(({ channelId }) => channelId).toSorted()).toEqual(CHANNELS.slice(1));
});

test('a channel whose send throws does not delay others, and is retried', async () => {
  let fails = true;
  const { channels, clock } = await running(CHANNELS, (id) =>
    id === CHANNELS[0] && fails ? Promise.reject(new Error('a bug')) : undefined,
  );
  expect(channels.posted).toHaveLength(19);
  fails = false;
  clock.add({ minutes: 1 });
  for (let round = 0; round < 20; round += 1) await macrotask();
  expect(channels.posted).toHaveLength(20);
});

test('the countdowns of one channel are posted one after the other', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  let inHand = 0;
  let most = 0;
  const bot = machine({
    clock,
    sender: {
      find: async () => ({ kind: 'absent' }),
      async send() {
        inHand += 1;
        most = Math.max(most, inHand);
        await macrotask();
        inHand -= 1;
        return { kind: 'posted', messageId: '1' };
      },
    },
  });
  await bot.add({ milestones: [7] });
  await bot.add({ milestones: [7], release: 'film/premiere' });
  clock.set(DUE);
  const entries = await bot.queue.claim(clock.now(), new Set(), 10);
  expect(entries).toHaveLength(2);
  await Promise.all(entries.map(bot.process));
  expect(most).toBe(1);
});
