import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startPresence } from '../../src/app/presence.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { botAt } from '../commands/countdown/support.ts';

/** What the bot shows, after somebody has used it. */
async function activity(sandbox: Sandbox, expected: string | null): Promise<void> {
  await sandbox.command('/concierge help');
  await expect.poll(async () => (await sandbox.state()).bot.activity).toBe(expected);
}

test('the bot shows the next release and the days left', async () => {
  const sandbox = await botAt('2025-05-11T12:00:00Z');
  await activity(sandbox, 'Ballerina in 26 days');
  await sandbox.turn('2025-06-05T12:00:00Z');
  await activity(sandbox, 'Ballerina tomorrow');
  await sandbox.turn('2025-06-06T12:00:00Z');
  await activity(sandbox, 'Ballerina is out today');
});

test('it shows nothing where no release has a day, and none over HTTP', async () => {
  await activity(await botAt('2026-11-22T12:00:00Z'), null);
  await activity(await botAt('2025-05-11T12:00:00Z', { interactions: 'http' }), null);
});

test('it shows the activity again after a new session', async () => {
  const sandbox = await botAt('2025-05-11T12:00:00Z');
  await activity(sandbox, 'Ballerina in 26 days');
  await sandbox.faults([{ gateway: { invalidSession: true } }]);
  await expect.poll(async () => (await sandbox.counters()).identifies).toBe(2);
  await activity(sandbox, 'Ballerina in 26 days');
});

test('PRESENCE=off shows nothing', async () => {
  await activity(await botAt('2025-05-11T12:00:00Z', { env: { PRESENCE: 'off' } }), null);
});

test('the activity is changed at most once an hour, by the given clock', () => {
  let now = Temporal.Instant.from('2025-05-11T23:30:00Z');
  const sent: (string | null)[] = [];
  const presence = startPresence({
    knowledge: () => loadData('data'),
    clock: { now: () => now },
    send: (text) => sent.push(text),
  });
  const at = (instant: string) => {
    now = Temporal.Instant.from(instant);
    presence.update();
    return sent.length;
  };
  expect(at('2025-05-11T23:30:00Z')).toBe(1);
  expect(at('2025-05-12T00:10:00Z')).toBe(1);
  expect(at('2025-05-12T00:30:00Z')).toBe(2);
  expect(at('2025-05-12T02:30:00Z')).toBe(2);
  presence.resend();
  presence.stop();
  expect(sent).toEqual(['Ballerina in 26 days', 'Ballerina in 25 days', 'Ballerina in 25 days']);
});
