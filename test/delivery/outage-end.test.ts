import { expect, test } from 'vitest';
import { createOutageTracker } from '../../src/delivery/outage.ts';
import { attemptsAfter, MAX_ATTEMPTS } from '../../src/delivery/retry-delay.ts';
import { added, botAt, posts, temporaryFolder } from '../commands/countdown/support.ts';
import { machine, recordingChannels, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';
const COUNTDOWN =
  'release:ballerina/release/theatrical/us milestones:30 timezone:America/New_York time:09:00';
const retry = { kind: 'retry', why: '500' } as const;

/** Countdowns that are due during an outage of so many hours. Returns how many minutes after its end the last post is. */
async function minutesAfter(hours: number, countdowns: number, random: number, isUnreached: boolean) {
  const clock = testClock('2024-05-30T00:00:00Z');
  const end = Temporal.Instant.from(DUE).add({ hours });
  const isOut = () => Temporal.Instant.compare(clock.now(), end) < 0;
  const outcome = { ...retry, ...(isUnreached && { notSent: true }) };
  const channels = recordingChannels({
    clock,
    answer: () => (isOut() ? { outcome, made: false } : undefined),
  });
  const bot = machine({ clock, sender: channels, spoil: (parts) => ({ ...parts, random: () => random }) });
  for (let number = 0; number < countdowns; number += 1) {
    const guild = `2000000000000000${10 + Math.floor(number / 20)}`;
    await bot.add({ milestones: [7], channelId: String(100000000000000000n + BigInt(number)) }, guild);
  }
  clock.set(DUE);
  await bot.runTo(String(end.add({ minutes: 5 })));
  expect(new Set(channels.posted.map(({ key }) => key)).size).toBe(countdowns);
  expect(channels.posted).toHaveLength(countdowns);
  const last = channels.posted.map(({ at }) => at.since(end).total('minutes'));
  return { minutes: Math.max(...last), sends: channels.sends.length };
}

test.each([
  [2, 3, 0, false],
  [1, 25, 0.99, true],
  [8, 1, 0.5, false],
])('after an outage of %d hours, all of %d posts are made within five minutes', async (...outage) => {
  const { minutes, sends } = await minutesAfter(...outage);
  expect(minutes).toBeLessThanOrEqual(5);
  const [hours, countdowns] = outage;
  // Each has some attempts by the back-off, and twenty at most have one every two minutes.
  expect(sends).toBeLessThanOrEqual(countdowns * 15 + Math.min(countdowns, 20) * 30 * hours);
});

test('after an hour of 503, each channel has its post within five minutes', async () => {
  const sandbox = await botAt('2025-05-07T12:00:00Z');
  const channels = ['releases', 'general', 'announcements'];
  for (const channel of channels) await added(sandbox, `${COUNTDOWN} channel:${channel}`);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 'always', does: { status: 503 } }]);
  await sandbox.turn('2025-05-07T14:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
  await sandbox.faults([]);
  await sandbox.turn('2025-05-07T14:05:00Z');
  for (const channel of channels) expect(await posts(sandbox, channel)).toHaveLength(1);
});

test('a start tries everything at once that waits for the end of an outage', async () => {
  const state = temporaryFolder();
  const first = await botAt('2025-05-07T12:00:00Z', { state });
  await added(first, `${COUNTDOWN} channel:releases`);
  await first.faults([{ route: 'POST /channels/*/messages', times: 'always', does: { status: 503 } }]);
  await first.turn('2025-05-07T13:20:00Z');
  await first.stop();
  const second = await botAt('2025-05-07T13:20:01Z', { state });
  await second.turn('2025-05-07T13:20:02Z');
  expect(await posts(second)).toHaveLength(1);
});

test('one channel that fails while others take posts is no outage', () => {
  const tracker = createOutageTracker(testClock(DUE));
  for (let number = 0; number < 10; number += 1) {
    tracker.noteFailure('broken');
    tracker.noteFailure('broken');
    expect(tracker.noteSuccess()).toBe(false);
    expect(tracker.isProbe('broken')).toBe(false);
  }
  expect(tracker.nextAttempt('broken', 20)).toBe(21);
});

test('a probe is given up no sooner than the shortest back-off would', () => {
  const clock = testClock(DUE);
  const tracker = createOutageTracker(clock);
  let attempts = 0;
  let minutes = 0;
  while (attempts < MAX_ATTEMPTS) {
    attempts = tracker.nextAttempt('key', attempts);
    tracker.noteFailure('key');
    clock.add({ minutes: 1 });
    minutes += 1;
  }
  expect(attemptsAfter(Temporal.Duration.from({ minutes: minutes - 2 }))).toBeLessThan(MAX_ATTEMPTS);
  expect(minutes).toBeGreaterThan(3 * 24 * 60);
  expect(minutes).toBeLessThan(8 * 24 * 60);
});
