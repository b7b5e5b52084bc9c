import { expect, test } from 'vitest';
import type { PauseReason } from '../../src/countdown/countdown.ts';
import { CHANNEL, type Channels, GUILD, machine, recordingChannels, testClock } from './support.ts';

const OTHER = '100000000000000002';
const START = '2024-05-30T00:00:00Z';

/** Channels of which one refuses until it is opened. */
function denied(reason: PauseReason, readable = true) {
  const clock = testClock(START);
  const state = { open: false };
  const channels = recordingChannels({
    clock,
    readable,
    answer: ({ countdown }) =>
      countdown.channelId === CHANNEL && !state.open
        ? { outcome: { kind: 'paused', reason }, made: false }
        : undefined,
  });
  return { clock, state, channels, bot: machine({ clock, sender: channels }) };
}

const to = (channels: Channels, channelId: string) =>
  channels.sends.filter(({ countdown }) => countdown.channelId === channelId).length;

test.each(['channel-gone', 'no-access', 'no-permission', 'guild-gone', 'bug'] as const)(
  'a channel that refuses (%s) gets one request for all of its countdowns',
  async (reason) => {
    const { channels, bot } = denied(reason);
    const { id } = await bot.add();
    await bot.add({ release: 'film/premiere' });
    await bot.add({ anniversary: true });
    await bot.add({ channelId: OTHER });
    await bot.runTo('2026-01-01T00:00:00Z');
    expect(to(channels, CHANNEL)).toBe(1);
    expect(to(channels, OTHER)).toBe(3);
    for (const { countdown, progress } of await bot.countdowns.list(GUILD))
      expect(progress.paused).toBe(countdown.channelId === CHANNEL ? reason : undefined);
    expect((await bot.countdowns.get(GUILD, id))?.progress.told).toBe('2024-06-07');
  },
);

test('countdowns of one channel that are due together send it one request', async () => {
  const { clock, channels, bot } = denied('no-permission');
  await bot.add();
  await bot.add({ release: 'film/premiere' });
  clock.set('2024-05-31T09:00:00Z');
  const entries = await bot.queue.claim(clock.now(), new Set(), 10);
  expect(entries).toHaveLength(2);
  await Promise.all(entries.map(bot.process));
  expect(to(channels, CHANNEL)).toBe(1);
});

test('a silenced countdown posts the latest milestone after a change, and continues', async () => {
  const { clock, state, channels, bot } = denied('no-permission');
  const { id } = await bot.add();
  await bot.runTo('2024-06-02T00:00:00Z');
  state.open = true;
  await bot.pauses.retryPaused(GUILD, (id) => id === CHANNEL, clock.now());
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(channels.posted.map(({ key, at }) => `${key.replace(`${id}/milestone/`, '')} ${at}`)).toEqual([
    '7/2024-06-07 2024-06-02T00:00:00Z',
    '1/2024-06-07 2024-06-06T09:00:00Z',
    '0/2024-06-07 2024-06-07T09:00:00Z',
  ]);
  expect((await bot.countdowns.get(GUILD, id))?.progress.paused).toBeUndefined();
});

test('a refused post is made later without searching the channel', async () => {
  const { clock, state, channels, bot } = denied('no-permission', false);
  const { id } = await bot.add({ milestones: [7] });
  await bot.runTo('2024-06-02T00:00:00Z');
  state.open = true;
  await bot.pauses.retryPaused(GUILD, () => true, clock.now());
  await bot.run();
  expect(channels.posted).toHaveLength(1);
  expect((await bot.countdowns.get(GUILD, id))?.progress.unsure).toBeUndefined();
});

test('a countdown resumed after months posts only what is still useful', async () => {
  const { clock, state, channels, bot } = denied('no-access');
  await bot.add();
  await bot.runTo('2024-09-01T00:00:00Z');
  state.open = true;
  await bot.pauses.retryPaused(GUILD, (id) => id === CHANNEL, clock.now());
  await bot.runTo('2025-01-01T00:00:00Z');
  expect(channels.posted).toEqual([]);
});

test('a change in another channel does not resume a silenced countdown', async () => {
  const { clock, channels, bot } = denied('no-permission');
  await bot.add();
  await bot.runTo('2024-06-01T00:00:00Z');
  await bot.pauses.retryPaused(GUILD, (id) => id === OTHER, clock.now());
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(to(channels, CHANNEL)).toBe(1);
});

test('a change during a refused request is not lost', async () => {
  const { clock, state, channels, bot } = denied('no-permission');
  const { id } = await bot.add();
  clock.set('2024-05-31T09:00:00Z');
  const real = channels.send.bind(channels);
  channels.send = async (order) => {
    const refused = await real(order);
    // The admin grants the permission, and Discord tells of it, before the refusal has been written down.
    state.open = true;
    await bot.pauses.retryPaused(GUILD, (id) => id === CHANNEL, clock.now());
    channels.send = real;
    return refused;
  };
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(channels.posted.map(({ key }) => key)).toEqual(
    [7, 1, 0].map((days) => `${id}/milestone/${days}/2024-06-07`),
  );
});
