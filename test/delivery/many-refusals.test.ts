import { expect, test } from 'vitest';
import { createInvalidRequestBudget } from '../../src/delivery/invalid-request-budget.ts';
import { at, machine, recordingChannels, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';

test('posts wait ten minutes once the budget of invalid requests is spent, and are then sent', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const invalidRequests = createInvalidRequestBudget(() => {}, 20);
  const channels = recordingChannels({
    clock,
    answer: () => {
      // As the guard of all clients does.
      invalidRequests.note(clock.now());
      return { outcome: { kind: 'paused', reason: 'no-permission' }, made: false };
    },
  });
  const bot = machine({ clock, sender: channels, spoil: (services) => ({ ...services, invalidRequests }) });
  for (let number = 0; number < 25; number += 1) {
    const id = String(number).padStart(4, '0');
    await bot.add({ channelId: `10000000000000${id}`, milestones: [7] }, `20000000000000${id}`);
  }
  clock.set(DUE);
  await bot.run();
  expect(channels.sends).toHaveLength(20);
  await bot.runTo('2024-05-31T09:09:59Z');
  expect(channels.sends).toHaveLength(20);
  await bot.runTo('2024-05-31T09:30:00Z');
  expect(channels.sends).toHaveLength(25);
});

test('the budget is a thousand invalid requests', () => {
  const budget = createInvalidRequestBudget();
  for (let number = 0; number < 999; number += 1) budget.note(at(DUE));
  expect(budget.heldUntil(at(DUE))).toBeNull();
  budget.note(at(DUE));
  expect(String(budget.heldUntil(at(DUE)))).toBe('2024-05-31T09:10:00Z');
});

test('an invalid request counts for ten minutes', () => {
  const invalid = createInvalidRequestBudget(() => {}, 2);
  expect(invalid.heldUntil(at(DUE))).toBeNull();
  invalid.note(at(DUE));
  invalid.note(at(DUE).add({ minutes: 4 }));
  expect(String(invalid.heldUntil(at(DUE).add({ minutes: 5 })))).toBe('2024-05-31T09:10:00Z');
  expect(invalid.heldUntil(at(DUE).add({ minutes: 10 }))).toBeNull();
  invalid.note(at(DUE).add({ minutes: 11 }));
  expect(String(invalid.heldUntil(at(DUE).add({ minutes: 12 })))).toBe('2024-05-31T09:14:00Z');
});
