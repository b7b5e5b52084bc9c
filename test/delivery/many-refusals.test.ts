import { expect, test } from 'vitest';
import { createInvalidRequestBudget } from '../../src/delivery/invalid-request-budget.ts';
import { at, machine, recordingChannels, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';

test('after a thousand refusals the rest waits until ten minutes have passed, and is then asked', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({
    clock,
    answer: () => ({ outcome: { kind: 'paused', reason: 'no-permission' }, made: false }),
  });
  const bot = machine({ clock, poster: channels });
  for (let number = 0; number < 1010; number += 1) {
    const id = String(number).padStart(4, '0');
    await bot.add({ channelId: `10000000000000${id}`, milestones: [7] }, `20000000000000${id}`);
  }
  clock.set(DUE);
  await bot.run();
  expect(channels.sends).toHaveLength(1000);
  await bot.runTo('2024-05-31T09:09:59Z');
  expect(channels.sends).toHaveLength(1000);
  await bot.runTo('2024-05-31T09:30:00Z');
  expect(channels.sends).toHaveLength(1010);
  // Thousands of writes that wait for the disk.
}, 60_000);

test('refusals count for ten minutes each', () => {
  const invalid = createInvalidRequestBudget(() => {}, 2);
  expect(invalid.heldUntil(at(DUE))).toBeNull();
  invalid.note(at(DUE));
  invalid.note(at(DUE).add({ minutes: 4 }));
  expect(String(invalid.heldUntil(at(DUE).add({ minutes: 5 })))).toBe('2024-05-31T09:10:00Z');
  expect(invalid.heldUntil(at(DUE).add({ minutes: 10 }))).toBeNull();
  invalid.note(at(DUE).add({ minutes: 11 }));
  expect(String(invalid.heldUntil(at(DUE).add({ minutes: 12 })))).toBe('2024-05-31T09:14:00Z');
});
