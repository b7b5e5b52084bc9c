import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, request, sandboxFor } from './support.ts';

/** A sandbox whose limits are off, and the path of a channel's messages. */
async function channel(name = 'general') {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off' });
  const path = `/channels/${await channelId(sandbox, name)}/messages`;
  const post = (body: unknown) => request(sandbox, 'POST', path, body);
  return { sandbox, path, post };
}

const row = (...components: object[]) => [{ type: 1, components }];
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'x',
  custom_id,
  ...more,
});
const V2 = 1 << 15;
const display = (content: string) => ({ type: 10, content });

test.each([
  ['content of 2,001', { content: 'x'.repeat(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
  ['11 embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds', 'BASE_TYPE_BAD_LENGTH'],
  [
    'an embed title of 257',
    { embeds: [{ title: 'x'.repeat(257) }] },
    'embeds.0.title',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an embed description of 4,097',
    { embeds: [{ description: 'x'.repeat(4097) }] },
    'embeds.0.description',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    '26 embed fields',
    { embeds: [{ fields: Array(26).fill({ name: 'x', value: 'x' }) }] },
    'embeds.0.fields',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a field name of 257',
    { embeds: [{ fields: [{ name: 'x'.repeat(257), value: 'x' }] }] },
    'embeds.0.fields.0.name',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a field value of 1,025',
    { embeds: [{ fields: [{ name: 'x', value: 'x'.repeat(1025) }] }] },
    'embeds.0.fields.0.value',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an empty field value',
    { embeds: [{ fields: [{ name: 'x', value: ' ' }] }] },
    'embeds.0.fields.0.value',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a field without a name',
    { embeds: [{ fields: [{ value: 'x' }] }] },
    'embeds.0.fields.0.name',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a footer of 2,049',
    { embeds: [{ footer: { text: 'x'.repeat(2049) } }] },
    'embeds.0.footer.text',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an author of 257',
    { embeds: [{ author: { name: 'x'.repeat(257) } }] },
    'embeds.0.author.name',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    '6,001 characters in two embeds',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    'embeds',
    'MAX_EMBED_SIZE_EXCEEDED',
  ],
  [
    'an embed colour that is none',
    { embeds: [{ title: 'x', color: 2 ** 24 }] },
    'embeds.0.color',
    'NUMBER_TYPE_MAX',
  ],
  [
    'an embed address that is none',
    { embeds: [{ title: 'x', url: 'nowhere' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
  ],
  [
    'an embed image by ftp',
    { embeds: [{ image: { url: 'ftp://x/y' } }] },
    'embeds.0.image.url',
    'URL_TYPE_INVALID_SCHEME',
  ],
  [
    'an embed time that is none',
    { embeds: [{ title: 'x', timestamp: 'soon' }] },
    'embeds.0.timestamp',
    'DATE_TIME_TYPE_PARSE',
  ],
  ['an empty embed', { embeds: [{}] }, 'embeds.0.description', 'BASE_TYPE_REQUIRED'],
  [
    '6 action rows',
    { components: Array.from({ length: 6 }, (_, n) => row(button(`${n}`))[0]) },
    'components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    '6 buttons in a row',
    { components: row(...Array.from({ length: 6 }, (_, n) => button(`${n}`))) },
    'components.0.components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['an empty row', { components: row() }, 'components.0.components', 'BASE_TYPE_BAD_LENGTH'],
  [
    'a custom id of 101',
    { components: row(button('x'.repeat(101))) },
    'components.0.components.0.custom_id',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a custom id twice',
    { components: row(button('a'), button('a')) },
    'components.0.components.1.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a button label of 81',
    { components: row(button('a', { label: 'x'.repeat(81) })) },
    'components.0.components.0.label',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without a label',
    { components: row({ type: 2, style: 1, custom_id: 'a' }) },
    'components.0.components.0.label',
    'BUTTON_COMPONENT_MISSING_LABEL',
  ],
  [
    'a link without an address',
    { components: row({ type: 2, style: 5, label: 'x' }) },
    'components.0.components.0.url',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a button without a custom id',
    { components: row({ type: 2, style: 1, label: 'x' }) },
    'components.0.components.0.custom_id',
    'BASE_TYPE_REQUIRED',
  ],
  [
    '26 select options',
    {
      components: row({
        type: 3,
        custom_id: 'a',
        options: Array.from({ length: 26 }, (_, n) => ({ label: 'x', value: `${n}` })),
      }),
    },
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a select value twice',
    { components: row({ type: 3, custom_id: 'a', options: Array(2).fill({ label: 'x', value: 'x' }) }) },
    'components.0.components.0.options.1.value',
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'a select beside a button',
    { components: row({ type: 6, custom_id: 'a' }, button('b')) },
    'components.0.components',
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  ['an unknown component', { components: [{ type: 99 }] }, 'components.0.type', 'UNION_TYPE_CHOICES'],
  [
    'V2 components without the flag',
    { components: [display('x')] },
    'components.0.type',
    'UNION_TYPE_CHOICES',
  ],
  [
    'content beside V2 components',
    { flags: V2, content: 'x', components: [display('x')] },
    'content',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 V2 components in all',
    { flags: V2, components: [{ type: 17, components: Array(40).fill(display('x')) }] },
    'components',
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4,001 characters of V2 text in all',
    { flags: V2, components: [display('x'.repeat(4000)), display('x')] },
    'components',
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'a component id twice',
    {
      flags: V2,
      components: [
        { ...display('x'), id: 7 },
        { ...display('x'), id: 7 },
      ],
    },
    'components.1.id',
    'COMPONENT_ID_DUPLICATED',
  ],
  [
    'a section without an accessory',
    { flags: V2, components: [{ type: 9, components: [display('x')] }] },
    'components.0.accessory',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a V2 file that is not attached',
    { flags: V2, components: [{ type: 13, file: { url: 'attachment://x.png' } }] },
    'components.0.file.url',
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
  [
    'users both parsed and named',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions',
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'x', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0',
    'BASE_TYPE_CHOICES',
  ],
  [
    'an id that is none',
    { content: 'x', allowed_mentions: { roles: ['x'] } },
    'allowed_mentions.roles.0',
    'NUMBER_TYPE_COERCE',
  ],
  [
    'a file name of 1,025',
    { content: 'x', attachments: [{ id: 0, filename: 'x'.repeat(1025) }] },
    'attachments.0.filename',
    'BASE_TYPE_MAX_LENGTH',
  ],
  ['content that is no text', { content: {} }, 'content', 'STRING_TYPE_CONVERT'],
  [
    'a reply to nothing',
    { content: 'x', message_reference: { message_id: '1' } },
    'message_reference',
    'REPLIES_UNKNOWN_MESSAGE',
  ],
])('refuses %s with 50035 and the path', async (_what, body, path, code) => {
  const { post } = await channel();
  const answer = await post(body);
  expect([answer.status, answer.body.code]).toEqual([400, 50035]);
  const at = path.split('.').reduce((node, key) => node?.[key], answer.body.errors);
  expect(at?._errors?.[0]?.code, JSON.stringify(answer.body.errors)).toBe(code);
});

test('takes everything at its limit', async () => {
  const { post } = await channel();
  const field = { name: 'x'.repeat(20), value: 'x'.repeat(20), inline: true };
  const bodies = [
    { content: 'x'.repeat(2000), nonce: 'x'.repeat(25), embeds: Array(10).fill({ title: 'x'.repeat(256) }) },
    {
      embeds: [
        {
          description: 'x'.repeat(4096),
          fields: Array(25).fill(field),
          author: { name: 'a' },
          footer: { text: 'f' },
        },
      ],
    },
    {
      content: null,
      embeds: [{ title: 'x', timestamp: '2024-01-20T12:00:00+02:00' }],
      components: row(button('x'.repeat(100))),
    },
    {
      flags: V2,
      components: [
        {
          type: 17,
          accent_color: 1,
          components: [
            display('x'),
            { type: 14 },
            { type: 9, components: [display('y')], accessory: button('a') },
            ...row(button('b')),
          ],
        },
      ],
    },
  ];
  for (const body of bodies) expect((await post(body)).body).toMatchObject({ id: expect.any(String) });
});

test('empty messages are 50006, broken JSON is 50109', async () => {
  const { sandbox, path, post } = await channel();
  for (const body of [{}, { content: '  \n ' }, { embeds: [], components: [] }]) {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } });
  }
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method: 'POST',
    body: '{',
    headers: { authorization: 'Bot x' },
  });
  expect(await response.json()).toMatchObject({ code: 50109 });
});

test('unknown things have their codes', async () => {
  const { sandbox, path } = await channel();
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

test('a permission that is missing is told apart from a channel that is not seen', async () => {
  const { sandbox, post } = await channel();
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

test('allowed_mentions decides who is pinged, and the stored message says who was', async () => {
  const { sandbox, post } = await channel();
  const { guilds } = await sandbox.state();
  const role = (name: string) => guilds[0]?.roles.find((one) => one.name === name)?.id;
  const john = guilds[0]?.members.find((one) => one.name === 'john')?.id;
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

test('the same nonce within the window is the same message, also across channels and after a crash of the bot', async () => {
  const { sandbox, post } = await channel();
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
  const { sandbox, path, post } = await channel();
  const { body } = await post({ content: 'one', nonce: 'n', enforce_nonce: true });
  expect((await request(sandbox, 'GET', `${path}/${body.id}`)).body).not.toHaveProperty('nonce');
  await request(sandbox, 'DELETE', `${path}/${body.id}`);
  expect((await post({ content: 'two', nonce: 'n', enforce_nonce: true })).body.code).toBe(10008);
});

/** A picture by multipart, shown in an embed. */
function upload(more: object = {}): FormData {
  const form = new FormData();
  const payload = {
    content: 'file',
    embeds: [{ title: 'x', image: { url: 'attachment://pic_1.png' } }],
    attachments: [{ id: 0, description: 'alt' }],
    ...more,
  };
  form.set('payload_json', JSON.stringify(payload));
  form.set('files[0]', new Blob(['bytes'], { type: 'image/png' }), 'pic 1.png');
  return form;
}

test('files come by multipart, are shown in embeds and served back, and can be dropped by an edit', async () => {
  const { sandbox, path, post } = await channel();
  const { body } = await post(upload());
  expect(body.attachments).toEqual([
    expect.objectContaining({
      filename: 'pic_1.png',
      size: 5,
      description: 'alt',
      content_type: 'image/png',
    }),
  ]);
  expect(body.embeds[0].image.url).toBe(body.attachments[0].url);
  expect(await (await fetch(body.attachments[0].url)).text()).toBe('bytes');
  expect((await sandbox.messages('general'))[0]?.request).toMatchObject({ content: 'file' });
  const edited = await request(sandbox, 'PATCH', `${path}/${body.id}`, {
    content: 'no file',
    attachments: [],
  });
  expect(edited.body).toMatchObject({
    content: 'no file',
    attachments: [],
    edited_timestamp: expect.any(String),
  });
});

test('a file by discord.js is a file', async () => {
  const { sandbox } = await channel();
  const client = await botIn(sandbox);
  const general = client.channels.cache.get(await channelId(sandbox));
  const sent =
    general?.isSendable() &&
    (await general.send({ files: [{ attachment: Buffer.from('abc'), name: 'a.txt' }] }));
  if (!sent) throw new Error('general takes no messages');
  expect(sent.attachments.first()?.size).toBe(3);
});

test('an edit changes what it names and nothing else', async () => {
  const { sandbox, path, post } = await channel();
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
  const { sandbox, path, post } = await channel();
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

test('only announcement channels are followed', async () => {
  const { sandbox, path, post } = await channel();
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  const news = `/channels/${await channelId(sandbox, 'news')}/messages`;
  const plain = (await post({ content: 'x' })).body.id;
  expect((await request(sandbox, 'POST', `${path}/${plain}/crosspost`)).body.code).toBe(50024);
  const { id } = (await request(sandbox, 'POST', news, { content: 'x' })).body;
  expect((await request(sandbox, 'POST', `${news}/${id}/crosspost`)).body.flags).toBe(1);
  expect((await request(sandbox, 'POST', `${news}/${id}/crosspost`)).body.code).toBe(40033);
});

test('a direct message goes to its user', async () => {
  const { sandbox } = await channel();
  const john = (await sandbox.state()).guilds[0]?.members.find((one) => one.name === 'john')?.id;
  const opened = await request(sandbox, 'POST', '/users/@me/channels', { recipient_id: john });
  expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: john }] });
  const sent = await request(sandbox, 'POST', `/channels/${opened.body.id}/messages`, { content: 'x' });
  expect(sent.body.channel_id).toBe(opened.body.id);
  expect((await sandbox.messages(opened.body.id)).map((message) => message.content)).toEqual(['x']);
});

async function events(sandbox: Sandbox): Promise<string> {
  return `/guilds/${(await sandbox.state()).guilds[0]?.id}/scheduled-events`;
}

test('scheduled events are kept within their rules', async () => {
  const { sandbox } = await channel();
  const path = await events(sandbox);
  const event = {
    name: 'Premiere',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: '2024-02-01T00:00:00Z',
    scheduled_end_time: '2024-02-01T03:00:00Z',
    entity_metadata: { location: 'Rome' },
  };
  const made = await request(sandbox, 'POST', path, event);
  expect(made.body).toMatchObject({
    id: expect.any(String),
    name: 'Premiere',
    status: 1,
    entity_metadata: { location: 'Rome' },
  });
  const fault = async (change: object) =>
    Object.keys((await request(sandbox, 'POST', path, { ...event, ...change })).body.errors ?? {});
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

test('an event that is held elsewhere begins and ends by itself', async () => {
  const { sandbox } = await channel();
  const path = await events(sandbox);
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
