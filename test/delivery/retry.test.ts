import { expect, test } from 'vitest';
import { MAX_ATTEMPTS } from '../../src/delivery/retry-delay.ts';
import { GUILD, machine, recordingChannels, testClock } from './support.ts';

const START = '2024-05-30T00:00:00Z';
const DUE = '2024-05-31T09:00:00Z';
const retry = { kind: 'retry', why: '500' } as const;

test('a failed send is retried after a delay with the same nonce', async () => {
  const clock = testClock(START);
  const channels = recordingChannels({
    clock,
    answer: (_, count) => (count < 4 ? { outcome: retry, made: false } : undefined),
  });
  const { add, runTo } = machine({ clock, sender: channels });
  await add();
  await runTo('2024-05-31T12:00:00Z');
  expect(channels.posted).toHaveLength(1);
  expect(channels.sends.map(({ now }) => now.since(DUE).total('seconds'))).toEqual([0, 1, 3, 7]);
  expect(new Set(channels.sends.map(({ nonce }) => nonce)).size).toBe(1);
});

test('a retry that succeeds late has the text of that day', async () => {
  const clock = testClock(START);
  const up = Temporal.Instant.from('2024-06-01T00:30:00Z');
  const channels = recordingChannels({
    clock,
    answer: ({ now }) =>
      Temporal.Instant.compare(now, up) < 0 ? { outcome: retry, made: false } : undefined,
  });
  const spoil = <T>(parts: T) => ({ ...parts, random: () => 0.99 });
  const { add, runTo } = machine({ clock, sender: channels, spoil });
  await add();
  await runTo('2024-06-02T00:00:00Z');
  expect(channels.posted).toHaveLength(1);
  expect(channels.sends.at(-1)?.now.toString().slice(0, 10)).toBe('2024-06-01');
});

test('a milestone is given up after the last retry, and the next is posted on time', async () => {
  const clock = testClock('2024-05-01T00:00:00Z');
  const channels = recordingChannels({
    clock,
    answer: ({ occurrence }) => (occurrence.daysBefore === 30 ? { outcome: retry, made: false } : undefined),
  });
  const spoil = <T>(parts: T) => ({ ...parts, random: () => 0.99 });
  const { add, runTo, ledger } = machine({ clock, sender: channels, spoil });
  const { id } = await add({ milestones: [30, 7] });
  await runTo('2024-06-08T00:00:00Z');
  // Nothing else is posted, so it is a probe: tried every four minutes, but given up no sooner than by the back-off.
  const tries = channels.sends.filter(({ occurrence }) => occurrence.daysBefore === 30).map(({ now }) => now);
  const days =
    tries
      .at(-1)
      ?.since(tries[0] ?? START)
      .total('hours') ?? 0;
  expect([tries.length >= MAX_ATTEMPTS, tries.length <= 7 * 24 * 60]).toEqual([true, true]);
  expect([days > 3 * 24, days < 7 * 24]).toEqual([true, true]);
  expect(await ledger.get(`${id}/milestone/30/2024-06-07`)).toMatchObject({
    state: 'skipped',
    why: 'gave-up',
  });
  expect(channels.posted.map(({ key, at }) => [key, String(at)])).toEqual([
    [`${id}/milestone/7/2024-06-07`, '2024-05-31T09:00:00Z'],
  ]);
});

test('a milestone that keeps failing is replaced by the next one', async () => {
  const clock = testClock('2024-06-05T00:00:00Z');
  const channels = recordingChannels({
    clock,
    answer: ({ occurrence }) => (occurrence.daysBefore === 1 ? { outcome: retry, made: false } : undefined),
  });
  const { add, runTo } = machine({ clock, sender: channels });
  const { id } = await add({ milestones: [1, 0] });
  await runTo('2024-06-07T12:00:00Z');
  expect(channels.posted.map(({ key }) => key)).toEqual([`${id}/milestone/0/2024-06-07`]);
  const late = channels.posted[0]?.at.since('2024-06-07T09:00:00Z').total('minutes') ?? 999;
  expect(late).toBeLessThanOrEqual(15);
});

test.each([
  ['the first answer is lost and then Discord is away', [true, false, false, false, false, false, false]],
  ['every answer is lost', [true, true, true, true, true, true, true, true, true]],
  ['every other answer is lost', [false, true, false, true, false, true, false, true]],
])('%s: whenever the retries happen, the post is made once', async (_, made) => {
  for (const random of [0, 0.5, 0.99]) {
    const clock = testClock(START);
    const channels = recordingChannels({
      clock,
      window: { minutes: 2 },
      answer: (_order, count) => {
        const lost = made[count - 1];
        return lost === undefined ? undefined : { outcome: retry, made: lost };
      },
    });
    const spoil = <T>(parts: T) => ({ ...parts, random: () => random });
    const { add, runTo } = machine({ clock, sender: channels, spoil });
    await add({ milestones: [7] });
    await runTo('2024-06-02T00:00:00Z');
    expect({ random, posts: channels.posted.length }).toEqual({ random, posts: 1 });
  }
});

test('a rejected token stops the bot, and the post is not lost', async () => {
  const clock = testClock(START);
  let stopped = 0;
  const channels = recordingChannels({
    clock,
    answer: (_, count) => (count === 1 ? { outcome: { kind: 'refused' }, made: false } : undefined),
  });
  const { add, process, queue, countdowns } = machine({
    clock,
    sender: channels,
    onTokenRejected: () => (stopped += 1),
  });
  const { id } = await add();
  clock.set(DUE);
  await process({ entryId: id, ownerId: GUILD, at: clock.now() });
  expect(stopped).toBe(1);
  expect((await countdowns.get(GUILD, id))?.progress.paused).toBeUndefined();
  expect(await queue.claim(clock.now(), new Set(), 10)).toHaveLength(1);
});
