import { expect, test } from 'vitest';
import { eventsPath, messageChannel, PREMIERE, request } from './support.ts';

test("scheduled events are created and changed by Discord's rules", async () => {
  const { sandbox } = await messageChannel();
  const path = await eventsPath(sandbox);
  const made = await request(sandbox, 'POST', path, PREMIERE);
  expect(made.body).toMatchObject({
    id: expect.any(String),
    name: 'Premiere',
    status: 1,
    entity_metadata: { location: 'Rome' },
  });
  const fault = async (change: object) =>
    Object.keys((await request(sandbox, 'POST', path, { ...PREMIERE, ...change })).body.errors ?? {});
  expect(await fault({ scheduled_start_time: '2024-01-01T00:00:00Z' })).toEqual(['scheduled_start_time']);
  expect(await fault({ scheduled_end_time: '2024-01-31T00:00:00Z' })).toEqual(['scheduled_end_time']);
  expect(await fault({ scheduled_end_time: null, entity_metadata: null })).toEqual([
    'scheduled_end_time',
    'entity_metadata',
  ]);
  expect(await fault({ name: 'x'.repeat(101) })).toEqual(['name']);
  const at = `${path}/${made.body.id}`;
  expect((await request(sandbox, 'PATCH', at, { name: 'Gala' })).body.name).toBe('Gala');
  expect((await request(sandbox, 'PATCH', at, { status: 3 })).body.errors.status).toBeDefined();
  expect((await request(sandbox, 'DELETE', at)).status).toBe(204);
  expect((await request(sandbox, 'GET', at)).body.code).toBe(10070);
});

test('an external scheduled event starts and ends by itself', async () => {
  const { sandbox } = await messageChannel();
  const path = await eventsPath(sandbox);
  const { body } = await request(sandbox, 'POST', path, {
    name: 'Premiere',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: '2024-02-01T00:00:00Z',
    scheduled_end_time: '2024-02-01T03:00:00Z',
    entity_metadata: { location: 'Rome' },
  });
  const past = { scheduled_start_time: '2024-01-01T00:00:00Z' };
  const refused = await request(sandbox, 'PATCH', `${path}/${body.id}`, past);
  expect(refused.body.errors.scheduled_start_time).toBeDefined();
  await sandbox.turn('2024-02-01T01:00:00Z');
  expect((await request(sandbox, 'GET', path)).body).toMatchObject([{ id: body.id, status: 2 }]);
  await sandbox.turn('2024-02-01T03:00:00Z');
  expect((await request(sandbox, 'GET', path)).body).toEqual([]);
});
