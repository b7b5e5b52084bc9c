import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { added, botAt, said, times } from '../commands/countdown/support.ts';

const START = '2025-06-05T12:00:00Z';
const COUNTDOWN = 'release:ballerina/release/theatrical/us time:13:00 milestones:1';

const posts = async (sandbox: Sandbox) =>
  (await sandbox.counters()).requests['POST /channels/:id/messages'] ?? 0;

test('a post that is due in a time-out of the bot is made at its end', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${COUNTDOWN} channel:releases`);
  await sandbox.world({ timeOut: { until: '2025-06-05T20:00:00Z' } });
  await sandbox.turn('2025-06-05T19:59:00Z');
  expect(await times(sandbox)).toEqual([]);
  expect(await posts(sandbox)).toBe(1);
  expect(await said(sandbox, '/countdown list')).not.toContain('Silent');
  await sandbox.turn('2025-06-05T20:05:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-05T20:00Z']);
});

test('a person whose direct messages cannot be opened yet is told to try again, and then reminded', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ limits: { direct: 1 } });
  const remind = (user: string) => said(sandbox, `/remind me ${COUNTDOWN} timezone:UTC`, { user });
  expect(await remind('winston')).toContain('Reminder set');
  expect(await remind('john')).toContain('Please try again in a minute');
  await sandbox.turn('2025-06-05T12:01:00Z');
  expect(await remind('john')).toContain('Reminder set');
  await sandbox.turn('2025-06-05T14:00:00Z');
  for (const user of ['winston', 'john']) expect(await sandbox.directs(user)).toHaveLength(1);
});
