import { expect, test } from 'vitest';
import { channelId, eventsPath, messageChannel, PREMIERE, request } from './support.ts';

/** A sandbox with a text and a voice channel, and a function that creates or changes events. */
async function startWithChannels() {
  const { sandbox } = await messageChannel();
  await sandbox.world({ addChannel: { name: 'talk', type: 'voice' } });
  await sandbox.world({ addChannel: { name: 'stage', type: 'stage' } });
  const path = await eventsPath(sandbox);
  const send = (body: object, id?: string) =>
    request(sandbox, id === undefined ? 'POST' : 'PATCH', id === undefined ? path : `${path}/${id}`, body);
  const [text, voice, stage] = await Promise.all(
    ['general', 'talk', 'stage'].map((name) => channelId(sandbox, name)),
  );
  return { sandbox, path, send, text, voice, stage };
}

test('an external event is refused with a channel', async () => {
  const { send, voice } = await startWithChannels();
  const { status, body } = await send({ ...PREMIERE, channel_id: voice });
  expect([status, body.errors?.channel_id?._errors[0].message]).toEqual([
    400,
    'Channel must be null for an external event.',
  ]);
});

test('an event in a channel needs a channel of its kind', async () => {
  const { send, text, voice, stage } = await startWithChannels();
  const inChannel = (entity_type: number, channel_id: string | undefined) => ({
    ...PREMIERE,
    entity_type,
    channel_id,
    entity_metadata: null,
  });
  const code = async (body: object) => (await send(body)).body.code;
  expect(await code(inChannel(2, text))).toBe(50024);
  expect(await code(inChannel(2, stage))).toBe(50024);
  expect(await code(inChannel(1, voice))).toBe(50024);
  expect(await code(inChannel(2, '1'))).toBe(10003);
  expect((await send(inChannel(2, voice))).body).toMatchObject({ channel_id: voice, entity_metadata: null });
  expect((await send(inChannel(1, stage))).status).toBe(200);
});

test('an event that has started keeps its start, its kind and its channel', async () => {
  const { send, voice } = await startWithChannels();
  const { id } = (await send(PREMIERE)).body;
  expect((await send({ status: 2 }, id)).body.status).toBe(2);
  const refused = async (change: object) => Object.keys((await send(change, id)).body.errors ?? {});
  expect(await refused({ scheduled_start_time: '2024-02-01T01:00:00Z' })).toEqual(['scheduled_start_time']);
  expect(await refused({ entity_type: 2, channel_id: voice, entity_metadata: null })).toEqual([
    'entity_type',
    'channel_id',
  ]);
  expect((await send({ name: 'Gala', entity_metadata: { location: 'Paris' } }, id)).body).toMatchObject({
    name: 'Gala',
    entity_metadata: { location: 'Paris' },
  });
  expect(await refused({ status: 2 })).toEqual(['status']);
  const end = '2024-02-01T05:00:00Z';
  expect((await send({ scheduled_end_time: end }, id)).status).toBe(200);
});

test('how many are interested is told only when it is asked for', async () => {
  const { sandbox, path, send } = await startWithChannels();
  const { id } = (await send(PREMIERE)).body;
  const count = async (query: string) =>
    (await request(sandbox, 'GET', `${path}/${id}${query}`)).body.user_count;
  expect([await count(''), await count('?with_user_count=True')]).toEqual([undefined, 0]);
  const [listed] = (await request(sandbox, 'GET', `${path}?with_user_count=1`)).body;
  expect(listed).toMatchObject({ user_count: 0, guild_scheduled_event_exceptions: [] });
});
