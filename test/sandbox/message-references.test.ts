import { expect, test } from 'vitest';
import { button, row } from './message-support.ts';
import { channelId, messageChannel, request } from './support.ts';

test('a reply needs the permission to read the history', async () => {
  const { sandbox, post } = await messageChannel();
  const { id } = (await post({ content: 'first' })).body;
  const reply = { content: 'second', message_reference: { message_id: id } };
  await sandbox.world({ deny: { channel: 'general', permission: 'ReadMessageHistory' } });
  expect(await post(reply)).toMatchObject({ status: 403, body: { code: 160002 } });
  expect((await post({ content: 'no reply' })).status).toBe(200);
  await sandbox.world({ allow: { channel: 'general', permission: 'ReadMessageHistory' } });
  expect((await post(reply)).body.referenced_message.id).toBe(id);
});

test('a forward carries a snapshot of the message', async () => {
  const { sandbox, path, post } = await messageChannel();
  const original = { content: 'Chapter 4', embeds: [{ title: 't' }], components: row(button('b')) };
  const { id, channel_id } = (await post(original)).body;
  const releases = `/channels/${await channelId(sandbox, 'releases')}/messages`;
  const message_reference = { type: 1, message_id: id, channel_id };
  const forward = (await request(sandbox, 'POST', releases, { message_reference })).body;
  expect(forward).toMatchObject({
    content: '',
    embeds: [],
    flags: 1 << 14,
    message_reference: { ...message_reference, guild_id: (await sandbox.state()).guilds[0]?.id },
    message_snapshots: [{ message: { content: 'Chapter 4', embeds: [{ title: 't' }] } }],
  });
  expect(forward.referenced_message).toBeUndefined();
  await request(sandbox, 'PATCH', `${path}/${id}`, { content: 'edited' });
  const kept = (await request(sandbox, 'GET', `${releases}/${forward.id}`)).body;
  expect(kept.message_snapshots[0].message.content).toBe('Chapter 4');
});

test('a forward is refused with content, without a channel, and of what the bot cannot read', async () => {
  const { sandbox, post } = await messageChannel();
  const releases = await channelId(sandbox, 'releases');
  const { id } = (await request(sandbox, 'POST', `/channels/${releases}/messages`, { content: 'x' })).body;
  const message_reference = { type: 1, message_id: id, channel_id: releases };
  const mixed = (await post({ content: 'y', message_reference })).body;
  expect(mixed.errors.message_reference._errors[0].code).toBe('FORWARD_CONTAINS_UNSUPPORTED_CONTENT');
  const homeless = (await post({ message_reference: { type: 1, message_id: id } })).body;
  expect(homeless.errors.message_reference.channel_id._errors[0].code).toBe('BASE_TYPE_REQUIRED');
  expect((await post({ message_reference: { ...message_reference, message_id: '1' } })).body.code).toBe(
    50035,
  );
  await sandbox.world({ deny: { channel: 'releases', permission: 'ReadMessageHistory' } });
  expect(await post({ message_reference })).toMatchObject({ status: 403, body: { code: 160009 } });
  await sandbox.world({ deny: { channel: 'releases', permission: 'ViewChannel' } });
  expect(await post({ message_reference })).toMatchObject({ status: 403, body: { code: 50001 } });
});
