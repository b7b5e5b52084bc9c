import { expect, test } from 'vitest';
import { ClockWrongError, createClockCheck } from '../../src/delivery/clock-check.ts';
import type { MessageSender } from '../../src/delivery/ports.ts';
import { GUILD, machine, recordingChannels, silent, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';

/** The three times: of the bot's clock, of its monotonic clock, and of Discord. */
function threeClocks() {
  const clock = testClock('2024-05-30T00:00:00Z');
  const discord = testClock('2024-05-30T00:00:00Z');
  const time = { monotonic: 0 };
  const pass = (duration: Temporal.DurationLike, stopped: { clock?: true; monotonic?: true } = {}) => {
    discord.add(duration);
    if (!stopped.clock) clock.add(duration);
    if (!stopped.monotonic) time.monotonic += Temporal.Duration.from(duration).total('milliseconds');
  };
  const check = createClockCheck({
    clock,
    monotonic: () => time.monotonic,
    ask: async () => check.note(discord.now()),
    log: silent,
  });
  return { clock, discord, time, pass, check };
}

type Clocks = ReturnType<typeof threeClocks>;

/** Whether the clock is also compared with Discord's before each decision, and put right once that finds it wrong. */
type Compared = 'compared' | 'not compared';

/** A bot whose first post was made, but whose answer was lost; `between` happens before the retry. */
async function lostAnswer(
  between: (clocks: Clocks) => void,
  readable = true,
  compared: Compared = 'compared',
) {
  const clocks = threeClocks();
  const { clock, discord, time, pass, check } = clocks;
  const channels = recordingChannels({
    clock: discord,
    readable,
    answer: (_, count) =>
      count === 1 ? { outcome: { kind: 'retry', why: 'no answer' }, made: true } : undefined,
  });
  const clockCheck = { ...check, ...(compared === 'not compared' && { assertRight: async () => {} }) };
  const bot = machine({ clock, sender: channels, monotonic: () => time.monotonic, clockCheck });
  await bot.add({ milestones: [7] });
  pass(clock.now().until(DUE));
  await bot.run();
  expect(channels.posted).toHaveLength(1);
  between(clocks);
  for (;;) {
    const next = await bot.queue.nextAt(new Set());
    if (!next || Temporal.Instant.compare(next, '2024-06-02T00:00:00Z') > 0) break;
    if (Temporal.Instant.compare(next, clock.now()) > 0) pass(clock.now().until(next));
    await bot.run().catch((error: unknown) => {
      if (!(error instanceof ClockWrongError)) throw error;
      clock.set(discord.now());
    });
  }
  return { channels, bot };
}

const CASES: [boolean, Compared][] = [
  [true, 'compared'],
  [false, 'compared'],
  [true, 'not compared'],
  [false, 'not compared'],
];

const setBack =
  (by: Temporal.DurationLike) =>
  ({ clock }: Clocks) =>
    clock.set(clock.now().subtract(by));

const STEPS: [string, (clocks: Clocks) => void][] = [
  ['one second', setBack({ seconds: 1 })],
  ['119 seconds', setBack({ seconds: 119 })],
  ['two minutes', setBack({ minutes: 2 })],
  ['five minutes', setBack({ minutes: 5 })],
  ['an hour', setBack({ hours: 1 })],
  ['a day', setBack({ hours: 24 })],
];

test.each(STEPS)(
  'a clock set back by %s between a lost answer and its retry repeats nothing',
  async (_, step) => {
    for (const [readable, compared] of CASES) {
      const { channels } = await lostAnswer(step, readable, compared);
      expect(channels.posted).toHaveLength(1);
    }
  },
);

const PAUSES: [string, (clocks: Clocks) => void][] = [
  ['of both clocks, as they run on', ({ pass }) => pass({ minutes: 10 })],
  ['in which the monotonic clock stands still', ({ pass }) => pass({ minutes: 10 }, { monotonic: true })],
  ['in which the clock stands still', ({ pass }) => pass({ minutes: 10 }, { clock: true })],
  ['in which all clocks stand still', ({ pass }) => pass({ minutes: 10 }, { clock: true, monotonic: true })],
];

test.each(PAUSES)(
  'a pause of ten minutes %s, between a lost answer and its retry, repeats nothing',
  async (_, pause) => {
    for (const [readable, compared] of CASES) {
      const { channels } = await lostAnswer(pause, readable, compared);
      expect(channels.posted).toHaveLength(1);
    }
  },
);

test('a retry in the same process within two minutes by all clocks needs no search', async () => {
  const { channels, bot } = await lostAnswer(() => {}, false);
  expect([channels.posted.length, channels.sends.length, channels.searches]).toEqual([1, 2, 0]);
  const [state] = await bot.countdowns.list(GUILD);
  expect(state?.progress.unsure).toBeUndefined();
});

/** A bot that is held up once, after the gate and right before the send. */
async function heldUp(stopped: Parameters<Clocks['pass']>[1]) {
  const { clock, discord, time, pass, check } = threeClocks();
  const channels = recordingChannels({ clock: discord });
  let isHeld = false;
  const sender: MessageSender = {
    find: channels.find,
    send(order, maySend) {
      if (!isHeld) pass({ seconds: 21 }, stopped);
      isHeld = true;
      return channels.send(order, maySend);
    },
  };
  const bot = machine({ clock, sender, monotonic: () => time.monotonic, clockCheck: check });
  await bot.add({ milestones: [7] });
  pass(clock.now().until(DUE));
  await bot.run();
  return { channels, bot };
}

test.each([
  ['both clocks run', {}],
  ['the monotonic clock stands still', { monotonic: true }],
  ['the clock stands still', { clock: true }],
] as const)(
  'a pause right before the send, in which %s, sends nothing, and then the post is made once',
  async (_, stopped) => {
    const { channels, bot } = await heldUp(stopped);
    expect(channels.sends).toEqual([]);
    await bot.runTo('2024-06-01T00:00:00Z');
    expect(channels.posted).toHaveLength(1);
  },
);

test('a retry that waits for its slot beyond the nonce window is not sent without a search', async () => {
  const { clock, discord, time, pass, check } = threeClocks();
  const channels = recordingChannels({
    clock: discord,
    answer: (_, count) =>
      count === 1 ? { outcome: { kind: 'retry', why: 'no answer' }, made: true } : undefined,
  });
  let slots = 0;
  const bot = machine({
    clock,
    sender: channels,
    monotonic: () => time.monotonic,
    clockCheck: check,
    spoil: (parts) => ({
      ...parts,
      async acquireSlot() {
        slots += 1;
        if (slots === 2) pass({ minutes: 3 });
      },
    }),
  });
  await bot.add({ milestones: [7] });
  pass(clock.now().until(DUE));
  await bot.run();
  pass({ seconds: 2 });
  await bot.run();
  expect([channels.posted.length, channels.sends.length]).toEqual([1, 1]);
  await bot.runTo('2024-06-01T00:00:00Z');
  expect([channels.posted.length, channels.sends.length, channels.searches]).toEqual([1, 1, 1]);
});
