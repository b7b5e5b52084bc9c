import { expect, test } from 'vitest';
import { messageChannel, request } from './support.ts';

test('a message with a used nonce returns the first message while the nonce window lasts', async () => {
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

test('a nonce stays used after its message is deleted, and is not part of a message that is read', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { body } = await post({ content: 'one', nonce: 'n', enforce_nonce: true });
  expect((await request(sandbox, 'GET', `${path}/${body.id}`)).body).not.toHaveProperty('nonce');
  await request(sandbox, 'DELETE', `${path}/${body.id}`);
  expect((await post({ content: 'two', nonce: 'n', enforce_nonce: true })).body.code).toBe(10008);
});
