import { join } from 'node:path';
import { MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import {
  added,
  botAt,
  CHANNEL_REFUSED,
  said,
  temporaryFolder,
  times,
} from '../commands/countdown/support.ts';
import { botBeside } from '../discord/bots.ts';

const START = '2025-06-05T12:00:00Z';
const COUNTDOWN = 'release:ballerina/release/theatrical/us time:13:00 milestones:1';

const requests = async (sandbox: Sandbox, route: string) => (await sandbox.counters()).requests[route] ?? 0;
const POSTS = 'POST /channels/:id/messages';
const CROSSPOSTS = 'POST /channels/:id/messages/:id/crosspost';

test('a channel at its limit of publications publishes the next posts an hour later', async () => {
  const sandbox = await botAt(START, { serverOnly: true });
  const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(), 'bot.sqlite')}` };
  const first = await botBeside(sandbox, env);
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' }, limits: { publish: 1 } });
  for (const title of ['one', 'two', 'three'])
    await added(sandbox, `title:${title} date:2025-06-06 time:13:00 milestones:1 channel:news`);
  const published = async () =>
    (await sandbox.messages('news')).filter(({ flags }) => flags & MessageFlags.Crossposted).length;
  // The clock stands still until all is tried: a limit that is met later ends later.
  await sandbox.turn('2025-06-05T13:00:00Z');
  await expect.poll(() => times(sandbox, 'news')).toHaveLength(3);
  await expect.poll(published).toBe(1);
  await first.whenIdle();
  expect(await requests(sandbox, CROSSPOSTS)).toBeLessThanOrEqual(3);
  // A client keeps a limit in real time, which a turned clock does not shorten.
  await first.stop();
  await sandbox.turn('2025-06-05T14:01:00Z');
  const second = await botBeside(sandbox, env);
  await expect.poll(published).toBe(2);
  await second.stop();
  await sandbox.turn('2025-06-05T15:02:00Z');
  await botBeside(sandbox, env);
  await expect.poll(published).toBe(3);
  expect(await requests(sandbox, CROSSPOSTS)).toBeLessThanOrEqual(6);
  expect((await sandbox.counters()).invalid).toBe(0);
});

test('a post that is due in a time-out of the bot is made at its end', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${COUNTDOWN} channel:releases`);
  await sandbox.world({ timeOut: { until: '2025-06-05T20:00:00Z' } });
  await sandbox.turn('2025-06-05T19:59:00Z');
  expect(await times(sandbox)).toEqual([]);
  // One with the picture, and one without: the answer does not say what is refused.
  expect(await requests(sandbox, POSTS)).toBe(2);
  expect(await said(sandbox, '/countdown list')).not.toMatch(CHANNEL_REFUSED);
  await sandbox.turn('2025-06-05T20:05:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-05T20:00Z']);
});

test('a person whose direct messages cannot be opened yet is told to try again, and then reminded', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ limits: { direct: 1 } });
  const remind = (user: string) => said(sandbox, `/remind me ${COUNTDOWN} timezone:UTC`, { user });
  expect(await remind('winston')).toContain('Reminder set');
  expect(await remind('john')).toContain('try again in a minute');
  await sandbox.turn('2025-06-05T12:01:00Z');
  expect(await remind('john')).toContain('Reminder set');
  await sandbox.turn('2025-06-05T14:00:00Z');
  for (const user of ['winston', 'john']) expect(await sandbox.directs(user)).toHaveLength(1);
});
