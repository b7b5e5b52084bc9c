import { expect, test } from 'vitest';
import { button, row, upload } from './message-support.ts';
import { channelId, messageChannel, request } from './support.ts';

test("requests for unknown channels, messages, guilds and routes get Discord's error codes", async () => {
  const { sandbox, path } = await messageChannel();
  const code = async (method: string, at: string, body?: unknown) => {
    const answer = await request(sandbox, method, at, body);
    return [answer.status, answer.body.code];
  };
  expect(await code('POST', '/channels/1/messages', { content: 'x' })).toEqual([404, 10003]);
  expect(await code('GET', `${path}/1`)).toEqual([404, 10008]);
  expect(await code('PATCH', `${path}/1`, { content: 'x' })).toEqual([404, 10008]);
  expect(await code('GET', '/guilds/1')).toEqual([404, 10004]);
  expect(await code('GET', '/nowhere')).toEqual([404, 0]);
  expect((await request(sandbox, 'GET', '/users/@me', undefined, {})).body).toEqual({
    message: '401: Unauthorized',
    code: 0,
  });
});

test('a missing permission is refused with 50013, a hidden channel with 50001', async () => {
  const { sandbox, post } = await messageChannel();
  const deny = (permission: string) => sandbox.world({ deny: { channel: 'general', permission } });
  await deny('EmbedLinks');
  expect((await post({ content: 'x', embeds: [{ title: 'x' }] })).body.embeds).toEqual([]);
  expect((await post({ embeds: [{ title: 'x' }] })).body.code).toBe(50006);
  await deny('ATTACH_FILES');
  expect((await post(upload())).body.code).toBe(50013);
  await deny('SendMessages');
  expect(await post({ content: 'x' })).toMatchObject({ status: 403, body: { code: 50013 } });
  await deny('view channel');
  expect(await post({ content: 'x' })).toMatchObject({ status: 403, body: { code: 50001 } });
  for (const permission of ['ViewChannel', 'SendMessages'])
    await sandbox.world({ allow: { channel: 'general', permission } });
  expect((await post({ content: 'x' })).status).toBe(200);
});

test('allowed_mentions decides who is pinged, and the message lists them', async () => {
  const { sandbox, post } = await messageChannel();
  const { guilds } = await sandbox.state();
  const role = (name: string) => guilds[0]?.roles.find((candidate) => candidate.name === name)?.id;
  const john = guilds[0]?.members.find(({ name }) => name === 'john')?.id;
  const [high, roma] = [role('High Table'), role('Ruska Roma')];
  const content = `<@${john}> <@&${high}> <@&${roma}> @everyone`;
  const pinged = async (allowed_mentions?: object) => {
    await post({ content, ...(allowed_mentions ? { allowed_mentions } : {}) });
    return (await sandbox.messages('general')).at(-1)?.mentions;
  };
  expect(await pinged()).toEqual({ users: [john], roles: [high], everyone: false });
  expect(await pinged({ parse: [] })).toEqual({ users: [], roles: [], everyone: false });
  expect(await pinged({ parse: [], roles: [high] })).toEqual({ users: [], roles: [high], everyone: false });
  expect(await pinged({ parse: [], roles: [roma] })).toEqual({ users: [], roles: [], everyone: false });
  expect(await pinged({ parse: ['users'] })).toEqual({ users: [john], roles: [], everyone: false });
  await sandbox.world({ allow: { channel: 'general', permission: 'MentionEveryone' } });
  expect(await pinged({ parse: ['everyone'], roles: [roma] })).toEqual({
    users: [],
    roles: [roma],
    everyone: true,
  });
});

test('an edit of a message changes only the fields that it contains', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { body } = await post({ content: 'a', embeds: [{ title: 't' }], components: row(button('b')) });
  const patch = async (change: object) =>
    (await request(sandbox, 'PATCH', `${path}/${body.id}`, change)).body;
  expect(await patch({ content: 'c' })).toMatchObject({
    content: 'c',
    embeds: [{ title: 't' }],
    components: [{ type: 1 }],
  });
  expect(await patch({ embeds: null })).toMatchObject({ content: 'c', embeds: [] });
  expect(await patch({ content: null, components: [] })).toMatchObject({ code: 50006 });
});

test('messages are listed newest first, by limit, before, after and around', async () => {
  const { sandbox, path, post } = await messageChannel();
  const ids: string[] = [];
  for (const content of ['0', '1', '2', '3', '4']) ids.push((await post({ content })).body.id);
  const list = async (query: string) =>
    (await request(sandbox, 'GET', `${path}?${query}`)).body
      .map((message: { content: string }) => message.content)
      .join('');
  expect(await list('')).toBe('43210');
  expect(await list('limit=2')).toBe('43');
  expect(await list(`limit=2&before=${ids[3]}`)).toBe('21');
  expect(await list(`limit=2&after=${ids[1]}`)).toBe('32');
  expect(await list(`limit=3&around=${ids[2]}`)).toBe('321');
  expect((await request(sandbox, 'GET', `${path}?limit=101`)).body.code).toBe(50035);
});

test('only messages of announcement channels can be crossposted, and only once', async () => {
  const { sandbox, path, post } = await messageChannel();
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  const news = `/channels/${await channelId(sandbox, 'news')}/messages`;
  const plain = (await post({ content: 'x' })).body.id;
  expect((await request(sandbox, 'POST', `${path}/${plain}/crosspost`)).body.code).toBe(50024);
  const { id } = (await request(sandbox, 'POST', news, { content: 'x' })).body;
  expect((await request(sandbox, 'POST', `${news}/${id}/crosspost`)).body.flags).toBe(1);
  expect((await request(sandbox, 'POST', `${news}/${id}/crosspost`)).body.code).toBe(40033);
});

test('a direct message appears in the channel with its user', async () => {
  const { sandbox } = await messageChannel();
  const john = (await sandbox.state()).guilds[0]?.members.find(({ name }) => name === 'john')?.id;
  const opened = await request(sandbox, 'POST', '/users/@me/channels', { recipient_id: john });
  expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: john }] });
  const sent = await request(sandbox, 'POST', `/channels/${opened.body.id}/messages`, { content: 'x' });
  expect(sent.body.channel_id).toBe(opened.body.id);
  expect((await sandbox.messages(opened.body.id)).map((message) => message.content)).toEqual(['x']);
});
