import { expect, test } from 'vitest';
import { applyEdit } from '../../src/countdown/edits.ts';
import { targetOf } from '../../src/countdown/target.ts';
import type { MessageSender } from '../../src/delivery/ports.ts';
import {
  factsWith,
  GUILD,
  machine,
  PLAIN_HISTORY,
  recordingChannels,
  testClock,
} from '../delivery/support.ts';

const OTHER = '100000000000000002';
const facts = factsWith(PLAIN_HISTORY);

/** Edits the countdown as its server's admin does. */
const edit = (
  bot: ReturnType<typeof machine>,
  id: string,
  wish: Parameters<typeof applyEdit>[3],
  now: Temporal.Instant,
) =>
  bot.countdowns.change(
    GUILD,
    id,
    ({ countdown, progress }) =>
      applyEdit(countdown, progress, targetOf(facts, countdown, '2024-05-31'), wish, now),
    now,
  );

/** A machine whose channels are searched one by one, and the way to lead its one countdown to another channel. */
async function scene(answers: readonly ('lost' | 'lost, though made' | 'fine')[]) {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({
    clock,
    answer: (_, count) => {
      const happens = answers[count - 1];
      if (!happens || happens === 'fine') return undefined;
      return { outcome: { kind: 'retry', why: happens }, made: happens === 'lost, though made' };
    },
  });
  const sender: MessageSender = {
    send: channels.send,
    async find({ nonce, countdown: { channelId } }) {
      const found = channels.posted.find((post) => post.nonce === nonce && post.channelId === channelId);
      return found ? { kind: 'found', messageId: found.id } : { kind: 'absent' };
    },
  };
  const bot = machine({ clock, sender, facts });
  const { id } = await bot.add({ milestones: [7] });
  const leadTo = (channelId: string) =>
    edit(bot, id, { channel: { id: channelId, publish: false } }, clock.now());
  return { clock, channels, bot, id, leadTo };
}

test('a post that was cut off in two channels is looked for in both', async () => {
  const { clock, channels, bot, leadTo } = await scene(['lost', 'lost, though made', 'fine']);
  clock.set('2024-05-31T09:00:00Z');
  await bot.run();
  await leadTo(OTHER);
  await bot.run();
  expect(channels.sends).toHaveLength(2);
  await leadTo('100000000000000003');
  clock.set('2024-05-31T12:00:00Z');
  await bot.runTo('2024-06-02T00:00:00Z');
  expect(channels.posted.map(({ channelId }) => channelId)).toEqual([OTHER]);
});

test('an edit during a post takes effect without a second post', async () => {
  const { clock, channels, bot, id, leadTo } = await scene([]);
  const [state] = await bot.countdowns.list(GUILD);
  clock.set('2024-05-31T09:00:00Z');
  const [entry] = await bot.queue.claim(clock.now(), new Set(), 1);
  if (!entry || !state) throw new Error('nothing is due');
  await Promise.all([bot.process(entry), leadTo(OTHER)]);
  await bot.runTo('2024-06-10T00:00:00Z');
  expect(channels.posted).toHaveLength(1);
  expect((await bot.countdowns.get(GUILD, id))?.countdown.channelId).toBe(OTHER);
});

test.each(['set', 'schedule'] as const)(
  'a milestone added during the last step of a check (%s) is posted when due',
  async (step) => {
    const clock = testClock('2024-05-30T00:00:00Z');
    const sender = recordingChannels({ clock });
    let crossing: (() => Promise<unknown>) | undefined;
    let crossed: Promise<unknown> | undefined;
    const bot = machine({
      clock,
      sender,
      facts,
      spoil: (parts) => {
        const last = parts.progress[step] as (...given: unknown[]) => Promise<void>;
        // The edit waits for its turn: it comes right after what the look writes down together.
        const startEdit = (...given: unknown[]) => {
          crossed ??= crossing?.();
          return last(...given);
        };
        return { ...parts, progress: { ...parts.progress, [step]: startEdit } };
      },
    });
    const { id } = await bot.add({ milestones: [7, 0] });
    crossing = () => edit(bot, id, { milestones: [7, 6, 0] }, clock.now());
    await bot.runTo('2024-05-31T10:00:00Z');
    expect(await crossed).toMatchObject({ ok: true });
    await bot.runTo('2024-06-08T00:00:00Z');
    expect(sender.posted.map(({ at: when }) => String(when))).toEqual([
      '2024-05-31T09:00:00Z',
      '2024-06-01T09:00:00Z',
      '2024-06-07T09:00:00Z',
    ]);
  },
);

test('a post refused while its countdown changes channels is made in the new channel', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  let leadAway = async () => {};
  const channels = recordingChannels({
    clock,
    answer: ({ countdown }) =>
      countdown.channelId === OTHER
        ? undefined
        : { outcome: { kind: 'paused', reason: 'no-access' }, made: false },
  });
  const sender: MessageSender = {
    ...channels,
    async send(given) {
      await leadAway();
      return channels.send(given);
    },
  };
  const bot = machine({ clock, sender, facts });
  const { id } = await bot.add({ milestones: [7] });
  leadAway = async () => {
    leadAway = async () => {};
    await edit(bot, id, { channel: { id: OTHER, publish: false } }, clock.now());
  };
  await bot.runTo('2024-06-01T00:00:00Z');
  expect(channels.posted.map(({ channelId }) => channelId)).toEqual([OTHER]);
  expect(await bot.countdowns.get(GUILD, id)).toMatchObject({ countdown: { channelId: OTHER } });
});

test('a late refusal by the old channel does not silence the countdown in the new one', async () => {
  const { clock, bot, id, leadTo } = await scene([]);
  clock.set('2024-05-31T09:00:00Z');
  const before = await bot.countdowns.get(GUILD, id);
  await leadTo(OTHER);
  if (before) {
    const { channelId } = before.countdown;
    // What delivery writes down last, having been refused in the channel that was left meanwhile.
    await bot.progress.set(id, { ...before.progress, paused: 'no-access', pausedIn: channelId });
  }
  await bot.runTo('2024-06-01T00:00:00Z');
  expect((await bot.progress.history(id)).last?.channelId).toBe(OTHER);
});
