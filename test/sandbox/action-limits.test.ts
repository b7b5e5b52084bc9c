import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, request, sandboxFor } from './support.ts';

/** Posts in a new announcement channel. Returns a function that publishes one of the posts. */
async function announcements(sandbox: Sandbox, name: string, count: number) {
  await sandbox.world({ addChannel: { name, type: 'announcement' }, limits: { channel: 100 } });
  const path = `/channels/${await channelId(sandbox, name)}/messages`;
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    ids.push((await request(sandbox, 'POST', path, { content: `${n}` })).body.id);
  }
  return (index: number) => request(sandbox, 'POST', `${path}/${ids[index]}/crosspost`);
}

test('a channel publishes ten messages an hour, and only the body of the 429 says how long to wait', async () => {
  const sandbox = await sandboxFor();
  const publish = await announcements(sandbox, 'news', 12);
  for (let n = 0; n < 10; n++) expect((await publish(n)).status).toBe(200);
  await sandbox.turn('2024-01-20T12:30:00Z');
  const { status, body, headers } = await publish(10);
  expect(status).toBe(429);
  expect(body).toMatchObject({ code: 20028, retry_after: 1_800, global: false });
  expect(headers.get('retry-after')).toBe('1');
  expect(headers.get('x-ratelimit-scope')).toBe('shared');
  expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
  expect(Number(headers.get('x-ratelimit-reset-after'))).toBeLessThanOrEqual(5);
  expect(await sandbox.counters()).toMatchObject({ rateLimited: 1, invalid: 0 });

  expect((await publish(0)).body.code).toBe(40033);
  const elsewhere = await announcements(sandbox, 'other-news', 1);
  expect((await elsewhere(0)).status).toBe(200);
  await sandbox.turn('2024-01-20T13:00:00Z');
  expect((await publish(10)).status).toBe(200);
});

test('Retry-After of the limit on publishing can state the true wait, which the bucket never does', async () => {
  const sandbox = await sandboxFor();
  const publish = await announcements(sandbox, 'news', 2);
  await sandbox.world({ limits: { publish: 1 }, trueRetryAfter: true });
  await publish(0);
  const { status, body, headers } = await publish(1);
  expect([status, body.retry_after, headers.get('retry-after')]).toEqual([429, 3_600, '3600']);
  expect(Number(headers.get('x-ratelimit-reset-after'))).toBeLessThanOrEqual(5);
  await sandbox.world({ trueRetryAfter: false });
  expect((await publish(1)).headers.get('retry-after')).toBe('1');
});

test('an edit of a published message counts as a publication, one of another message does not', async () => {
  const sandbox = await sandboxFor();
  const publish = await announcements(sandbox, 'news', 2);
  const path = `/channels/${await channelId(sandbox, 'news')}/messages`;
  await sandbox.world({ limits: { publish: 2, channel: 100 } });
  const { id } = (await publish(0)).body;
  const [other] = (await request(sandbox, 'GET', path)).body;
  const edit = async (message: string) =>
    (await request(sandbox, 'PATCH', `${path}/${message}`, { content: 'y' })).body.code;
  expect([await edit(id), await edit(id), await edit(other.id)]).toEqual([undefined, 20028, undefined]);
  await sandbox.turn('2024-01-20T13:00:00Z');
  expect(await edit(id)).toBeUndefined();
});

test('the limit on publishing can be set and switched off', async () => {
  const sandbox = await sandboxFor();
  const publish = await announcements(sandbox, 'news', 3);
  await sandbox.world({ limits: { publish: 1 } });
  expect([(await publish(0)).status, (await publish(1)).status]).toEqual([200, 429]);
  await sandbox.world({ limits: 'off' });
  expect([(await publish(1)).status, (await publish(2)).status]).toEqual([200, 200]);
});

test('direct messages with new people are opened at a limited pace, known ones at any', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: { direct: 2 } });
  for (const name of ['ruth', 'cassian']) await sandbox.world({ addMember: { name } });
  const members = (await sandbox.state()).guilds[0]?.members ?? [];
  const people = members.filter(({ bot }) => !bot).map(({ id }) => id);
  const open = (id = '') => request(sandbox, 'POST', '/users/@me/channels', { recipient_id: id });
  expect((await open(people[0])).status).toBe(200);
  expect((await open(people[1])).status).toBe(200);
  expect(await open(people[2])).toMatchObject({
    status: 403,
    body: { code: 40003, message: 'You are opening direct messages too fast.' },
  });
  expect((await open(people[0])).status).toBe(200);
  await sandbox.turn('2024-01-20T12:00:10Z');
  expect((await open(people[2])).status).toBe(200);
});
