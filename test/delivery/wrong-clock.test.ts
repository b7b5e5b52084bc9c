import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createClockCheck } from '../../src/delivery/clock-check.ts';
import { added, posts, said, temporaryFolder } from '../commands/countdown/support.ts';
import { botBeside } from '../discord/bots.ts';
import { sandboxFor } from '../sandbox/support.ts';
import { silent, testClock } from './support.ts';

const RELEASE = 'release:ballerina/release/theatrical/us';
const DUE = '2025-05-07T13:00:00Z';
const YEARS_AHEAD = { hours: 24 * 365 * 74 };
const REFUSED = 'I can’t reach my database right now';

/** A bot on a file whose clock may be wrong by some hours, with what it logs. */
async function botOff(sandbox: Sandbox, path: string, off: Temporal.DurationLike) {
  const lines: { level: number; msg: string; url?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const state = { isRight: false };
  const now = () => (state.isRight ? sandbox.clock.now() : sandbox.clock.now().add(off));
  const clock = { now, sleepUntil: sandbox.clock.sleepUntil };
  const env = { DATABASE_URL: `sqlite:${path}`, OPS_PORT: '0' };
  const bot = await botBeside(sandbox, env, { clock, log });
  const url = lines.find(({ msg }) => msg === 'listening for operators')?.url;
  const readiness = async () => (await (await fetch(`${url}/readyz`)).json()) as { clock: string };
  const complaints = () => lines.filter(({ msg }) => msg.startsWith('the clock')).map(({ msg }) => msg);
  return { bot, state, readiness, complaints };
}

/** A server with a countdown that is due in an hour, of a bot that was stopped. */
async function stoppedBot() {
  const sandbox = await sandboxFor({ at: '2025-05-07T12:00:00Z' });
  await sandbox.world({ limits: 'off' });
  const path = join(temporaryFolder(), 'concierge.sqlite');
  const bot = await botBeside(sandbox, { DATABASE_URL: `sqlite:${path}` });
  await added(sandbox, `${RELEASE} channel:releases milestones:30,7,1 timezone:America/New_York time:09:00`);
  await bot.stop();
  return { sandbox, path };
}

test.each([
  ['74 years ahead', YEARS_AHEAD, '27010 d 0 h 0 min ahead of'],
  ['two days behind', { hours: -48 }, '2 d 0 h 0 min behind'],
])(
  'a start with the clock %s settles and posts nothing, and after a right start all is posted',
  async (_, off, by) => {
    const { sandbox, path } = await stoppedBot();
    await sandbox.turn('2025-05-07T13:00:00Z');
    const { bot, readiness, complaints } = await botOff(sandbox, path, off);
    await bot.whenIdle();
    const sentence = `the clock is ${by} Discord's: nothing is posted or changed until it is right`;
    await expect.poll(async () => (await readiness()).clock).toBe(sentence);
    expect(await said(sandbox, '/countdown edit countdown:ballerina time:10:00')).toContain(REFUSED);
    expect(await said(sandbox, '/ballerina director')).toContain('Len Wiseman');
    expect(await posts(sandbox)).toEqual([]);
    expect(complaints()).toEqual([sentence]);
    await bot.stop();

    const right = await botBeside(sandbox, { DATABASE_URL: `sqlite:${path}` });
    await expect.poll(() => posts(sandbox)).toHaveLength(1);
    await sandbox.turn('2025-05-30T13:00:00Z');
    await right.whenIdle();
    await expect.poll(() => posts(sandbox)).toHaveLength(2);
  },
);

test('a clock that is put right lets the running bot go on, with a line in the log', async () => {
  const { sandbox, path } = await stoppedBot();
  await sandbox.turn(DUE);
  const { bot, state, readiness, complaints } = await botOff(sandbox, path, YEARS_AHEAD);
  await bot.whenIdle();
  expect(await posts(sandbox)).toEqual([]);
  state.isRight = true;
  // Any answer of Discord tells the time, such as that to an interaction.
  await sandbox.command('/ballerina director');
  await expect.poll(() => posts(sandbox)).toHaveLength(1);
  expect((await readiness()).clock).toBe('ok');
  expect(complaints()).toHaveLength(2);
});

/** A check with both clocks in hand, in front of a Discord that tells the right time. */
function checkAt(start: string) {
  const clock = testClock(start);
  const discord = testClock(start);
  const time = { ms: 0, requests: 0, isAway: false };
  const check = createClockCheck({
    clock,
    monotonic: () => time.ms,
    log: silent,
    async ask() {
      time.requests += 1;
      if (time.isAway) throw new Error('no answer');
      check.note(discord.now());
    },
  });
  return { check, clock, discord, time };
}

const START = '2025-05-07T12:00:00Z';

test('as long as both clocks agree, one answer of Discord is enough', async () => {
  const { check, clock, time } = checkAt(START);
  expect(await check.isRight()).toBe(true);
  clock.add({ hours: 24 * 30 });
  time.ms += 24 * 30 * 3_600_000;
  expect(await check.isRight()).toBe(true);
  expect(time.requests).toBe(1);
});

test.each([
  ['119 s', { seconds: 119 }, true],
  ['121 s', { seconds: 121 }, false],
  ['-119 s', { seconds: -119 }, true],
  ['-121 s', { seconds: -121 }, false],
])('a clock that is %s off: right is %s', async (_, off, isRight) => {
  const { check, clock } = checkAt(START);
  clock.add(off);
  expect(await check.isRight()).toBe(isRight);
});

test('after a pause of the machine, whose monotonic clock stood still, Discord is asked again', async () => {
  const { check, clock, discord, time } = checkAt(START);
  await check.isRight();
  clock.add({ hours: 9 });
  discord.add({ hours: 9 });
  expect(await check.isRight()).toBe(true);
  expect(time.requests).toBe(2);
});

test('a clock that cannot be compared is not taken for right', async () => {
  const { check, time } = checkAt(START);
  time.isAway = true;
  expect(await check.isRight()).toBe(false);
  expect(check.problem()).toContain('cannot be compared');
  await expect(check.assertRight()).rejects.toThrow('cannot be compared');
});

test('a Discord that tells no time leaves the clock as it is', async () => {
  const { check, time } = checkAt(START);
  check.note(undefined);
  expect(await check.isRight()).toBe(true);
  expect(time.requests).toBe(0);
});

test('one stale answer, as of a cache, stops nothing', async () => {
  const { check, discord } = checkAt(START);
  check.note(discord.now().subtract({ hours: 3 }));
  expect(await check.isRight()).toBe(true);
});
