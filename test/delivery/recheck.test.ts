import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { pause } from '../../src/countdown/edits.ts';
import { ownerIdOf } from '../../src/countdown/owner.ts';
import type { RefusalCheck } from '../../src/delivery/ports.ts';
import {
  added,
  at,
  botAt,
  CHANNEL_REFUSED,
  said,
  temporaryFolder,
  times,
} from '../commands/countdown/support.ts';
import { factsWith, GUILD, machine, recordingChannels, type TestClock, testClock } from './support.ts';

const START = '2024-05-30T00:00:00Z';
/** The milestones of a countdown to June 7, 2024: 7 days before, 1 day before, and the day itself. */
const DUE = ['2024-05-31T09:00:00Z', '2024-06-06T09:00:00Z', '2024-06-07T09:00:00Z'] as const;

interface SceneOptions {
  /** When the bot may post in the channel again. */
  openFrom?: string;
  clock?: TestClock;
  path?: string;
  /** What a check finds instead. */
  finds?: (count: number) => RefusalCheck | undefined;
  facts?: ReturnType<typeof factsWith>;
}

/** A machine whose channel refuses posts until an instant; it notes when the channel was checked. */
function scene({
  openFrom = '2030-01-01T00:00:00Z',
  finds = () => undefined,
  ...options
}: SceneOptions = {}) {
  const { clock = testClock(START), path = join(temporaryFolder(), 'test.sqlite'), facts } = options;
  const isOpen = () => Temporal.Instant.compare(clock.now(), openFrom) >= 0;
  const channels = recordingChannels({
    clock,
    answer: () =>
      isOpen() ? undefined : { outcome: { kind: 'paused', reason: 'no-permission' }, made: false },
  });
  const checks: string[] = [];
  const bot = machine({
    clock,
    path,
    sender: channels,
    ...(facts && { facts }),
    spoil: (parts) => ({
      ...parts,
      async checkRefusal() {
        checks.push(clock.now().toString());
        return finds(checks.length) ?? { kind: isOpen() ? 'open' : 'confirmed' };
      },
    }),
  });
  const posted = () => channels.posted.map((post) => post.at.toString());
  return { bot, clock, path, channels, checks, posted };
}

/** The instants some hours after a first one, which is included. */
const after = (first: string, ...hours: number[]) => [
  first,
  ...hours.map((count) => at(first).add({ hours: count }).toString()),
];

test('a silenced channel is checked after 1, 4 and 24 hours, and when the next post falls due', async () => {
  const { bot, channels, checks } = scene();
  await bot.add();
  await bot.runTo('2024-07-30T00:00:00Z');
  expect(checks).toEqual([
    ...after(DUE[0], 1, 4, 24),
    ...after(DUE[1], 1, 4),
    // The check after 24 hours coincides with the next post, which begins a new series.
    ...after(DUE[2], 1, 4, 24),
  ]);
  expect(channels.sends).toHaveLength(1);
  expect(await bot.queue.nextAt(new Set())).toBeNull();
});

test.each([
  ['2024-05-31T09:30:00Z', '2024-05-31T10:00:00Z'],
  ['2024-05-31T12:00:00Z', '2024-05-31T13:00:00Z'],
  ['2024-06-01T00:00:00Z', '2024-06-01T09:00:00Z'],
])('a channel that is open again from %s gets its post at %s, once', async (openFrom, expected) => {
  const { bot, posted } = scene({ openFrom });
  await bot.add();
  await bot.runTo('2024-06-01T12:00:00Z');
  expect(posted()).toEqual([expected]);
  await bot.runTo('2024-07-30T00:00:00Z');
  expect(posted()).toEqual([expected, DUE[1], DUE[2]]);
});

test('the post of the release day is made if the permission is granted after an earlier refusal', async () => {
  const { bot, posted } = scene({ openFrom: '2024-06-05T00:00:00Z' });
  await bot.add();
  await bot.runTo('2024-07-30T00:00:00Z');
  expect(posted()).toEqual([DUE[1], DUE[2]]);
});

test('the checks of a silenced channel survive a restart', async () => {
  const first = scene();
  await first.bot.add();
  await first.bot.runTo('2024-05-31T09:10:00Z');
  first.bot.close();
  const { clock, path } = first;
  const second = scene({ clock, path, openFrom: '2024-05-31T11:00:00Z' });
  await second.bot.runTo('2024-05-31T23:00:00Z');
  expect(second.checks).toEqual(after(DUE[0], 1, 4).slice(1));
  expect(second.posted()).toEqual(['2024-05-31T13:00:00Z']);
});

test('after a long outage of the bot, one check counts for those that it missed', async () => {
  const first = scene();
  await first.bot.add();
  await first.bot.runTo('2024-05-31T09:10:00Z');
  first.bot.close();
  const { clock, path } = first;
  clock.set('2024-05-31T20:00:00Z');
  const second = scene({ clock, path });
  await second.bot.runTo('2024-06-02T00:00:00Z');
  expect(second.checks).toEqual(['2024-05-31T20:00:00Z', '2024-06-01T09:00:00Z']);
});

test('a channel with several countdowns is checked once for all of them', async () => {
  const { bot, checks, posted } = scene({ openFrom: '2024-05-31T11:00:00Z' });
  await bot.add();
  await bot.add({ release: 'film/premiere' });
  await bot.runTo('2024-06-01T00:00:00Z');
  expect(checks).toEqual(after(DUE[0], 1, 4));
  expect(posted()).toEqual(['2024-05-31T13:00:00Z', '2024-05-31T13:00:00Z']);
});

test('a check that Discord does not answer is repeated after 15 minutes', async () => {
  const { bot, checks } = scene({ finds: (count) => (count === 2 ? { kind: 'unknown' } : undefined) });
  await bot.add();
  await bot.runTo('2024-05-31T14:00:00Z');
  expect(checks).toEqual([DUE[0], '2024-05-31T10:00:00Z', '2024-05-31T10:15:00Z', '2024-05-31T13:00:00Z']);
});

test('a silenced channel is checked for a notice, and again when a milestone behind it falls due', async () => {
  const moved = { known: '2024-05-31', date: '2024-06-20' };
  const facts = factsWith([{ known: '2023-01-01', date: '2024-06-07' }, moved]);
  const { bot, checks } = scene({ facts });
  await bot.add();
  await bot.runTo('2024-07-30T00:00:00Z');
  expect(checks).toEqual([
    ...after('2024-05-31T09:00:00Z', 1, 4, 24),
    ...after('2024-06-13T09:00:00Z', 1, 4, 24),
    ...after('2024-06-19T09:00:00Z', 1, 4),
    ...after('2024-06-20T09:00:00Z', 1, 4, 24),
  ]);
});

test('a silenced reminder is not checked again: only a message to the person could tell', async () => {
  const { bot, checks, channels } = scene();
  await bot.add({ personal: true }, ownerIdOf('300000000000000001'));
  await bot.runTo('2024-06-05T00:00:00Z');
  expect(channels.sends).toHaveLength(1);
  expect(checks).toEqual(['2024-05-31T09:00:00Z']);
});

test('a countdown that an admin paused is not checked', async () => {
  const { bot, clock, checks } = scene();
  const { id } = await bot.add();
  await bot.runTo('2024-05-31T09:10:00Z');
  const paused = ({ countdown }: CountdownState) => pause(countdown, clock.now());
  await bot.countdowns.change(GUILD, id, paused, clock.now());
  await bot.runTo('2024-07-30T00:00:00Z');
  expect(checks).toEqual([DUE[0]]);
});

test('a channel that Discord opens again without a word gets its post an hour later', async () => {
  const sandbox = await botAt('2025-06-06T12:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases time:13:00 milestones:0');
  await sandbox.faults([
    { route: 'POST /channels/*/messages', times: 'always', does: { status: 403, code: 50013 } },
    { route: 'GET /channels/*', times: 'always', does: { status: 403, code: 50001 } },
  ]);
  await sandbox.turn('2025-06-06T13:30:00Z');
  expect(await said(sandbox, '/countdown list')).toMatch(CHANNEL_REFUSED);
  await sandbox.faults([]);
  await sandbox.turn('2025-06-06T14:30:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-06T14:00Z']);
  expect(await said(sandbox, '/countdown list')).not.toMatch(CHANNEL_REFUSED);
});
