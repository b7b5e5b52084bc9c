import { expect, test } from 'vitest';
import { messageChannel, request } from './support.ts';

test('the same nonce within the window is the same message, also across channels and after a crash of the bot', async () => {
  const { sandbox, post } = await messageChannel();
  const first = await post({ content: 'one', nonce: 'n', enforce_nonce: true });
  expect(first.body.nonce).toBe('n');
  const again = await post({ content: 'two', nonce: 'n', enforce_nonce: true });
  expect(again.body).toMatchObject({ id: first.body.id, content: 'one' });
  const free = await post({ content: 'three', nonce: 'n' });
  expect(free.body.content).toBe('three');
  await sandbox.turn('2024-01-20T12:10:00Z');
  expect((await post({ content: 'four', nonce: 'n', enforce_nonce: true })).body.content).toBe('four');
  await sandbox.world({ nonceWindowSeconds: 3600 });
  await sandbox.turn('2024-01-20T12:20:00Z');
  expect((await post({ content: 'five', nonce: 'n', enforce_nonce: true })).body.content).toBe('four');
});

test('a nonce outlives its message, as on Discord, and is not read back', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { body } = await post({ content: 'one', nonce: 'n', enforce_nonce: true });
  expect((await request(sandbox, 'GET', `${path}/${body.id}`)).body).not.toHaveProperty('nonce');
  await request(sandbox, 'DELETE', `${path}/${body.id}`);
  expect((await post({ content: 'two', nonce: 'n', enforce_nonce: true })).body.code).toBe(10008);
});
