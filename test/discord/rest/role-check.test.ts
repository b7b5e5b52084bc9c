import { expect, test } from 'vitest';
import { createRoleCheck } from '../../../src/discord/rest/role-check.ts';

const ROLES = [{ id: '1' }, { id: '2', name: 'High Table' }];
const noWait = async () => {};

test.each([
  ['a role that is listed', '2', async () => ROLES, false],
  ['a role that is not listed', '3', async () => ROLES, true],
  ['a failed request', '3', async () => Promise.reject(new Error('500')), false],
  ['a page of HTML', '3', async () => new ArrayBuffer(8), false],
] as const)('a role is gone only where an answer of Discord lacks it: %s', async (_, roleId, get, isGone) => {
  expect(await createRoleCheck({ get }, noWait)('9', roleId)).toBe(isGone);
});

test('only a few checks wait for a slot at a time, so that posts get slots between them', async () => {
  const waiting: (() => void)[] = [];
  const acquireSlot = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const check = createRoleCheck({ get: async () => ROLES }, acquireSlot);
  const checks = Array.from({ length: 20 }, () => check('9', '1'));
  await expect.poll(() => waiting.length).toBe(8);
  waiting[0]?.();
  await expect.poll(() => waiting.length).toBe(9);
  for (let index = 1; index < 20; index += 1) {
    await expect.poll(() => waiting.length).toBeGreaterThan(index);
    waiting[index]?.();
  }
  expect(await Promise.all(checks)).toEqual(checks.map(() => false));
});
