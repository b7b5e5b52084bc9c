import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { GUILD, machine, recordingChannels, testClock } from './support.ts';

/** The rows that are left once everything of the server was erased `during` a send. */
async function leftAfter(
  outcome: 'posted' | 'retry' | 'paused',
  erase: 'remove' | 'forget',
): Promise<string[]> {
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  const bot = machine({
    clock,
    path,
    sender: {
      find: channels.find,
      async send(order) {
        if (erase === 'remove') await bot.countdowns.remove(GUILD, order.countdown.id);
        else await bot.countdowns.deleteOwner(GUILD);
        if (outcome === 'posted') return channels.send(order);
        return outcome === 'retry'
          ? { kind: 'retry', why: '500' }
          : { kind: 'paused', reason: 'channel-gone' };
      },
    },
  });
  await bot.add();
  await bot.runTo('2024-06-08T00:00:00Z');
  bot.close();
  const db = new DatabaseSync(path);
  const rows = [...db.prepare('SELECT key FROM documents').all(), ...db.prepare('SELECT id FROM due').all()];
  db.close();
  return rows.map((row) => String(row['key'] ?? row['id']));
}

test.each([
  ['removed', 'posted', 'remove'],
  ['removed', 'retry', 'remove'],
  ['removed', 'paused', 'remove'],
  ['forgotten', 'posted', 'forget'],
  ['forgotten', 'retry', 'forget'],
  ['forgotten', 'paused', 'forget'],
] as const)('a countdown that is %s during its send (%s) leaves no data', async (_, outcome, erase) => {
  expect(await leftAfter(outcome, erase)).toEqual([]);
});

test('a countdown removed between two retries posts nothing more', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({
    clock,
    answer: () => ({ outcome: { kind: 'retry', why: '500' }, made: false }),
  });
  const bot = machine({ clock, sender: channels });
  const { id } = await bot.add();
  await bot.runTo('2024-05-31T09:00:05Z');
  const sends = channels.sends.length;
  await bot.countdowns.remove(GUILD, id);
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(channels.sends).toHaveLength(sends);
});
