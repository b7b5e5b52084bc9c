import { expect, test } from 'vitest';
import { button, display, expectFieldError, row, V2 } from './message-support.ts';
import { messageChannel } from './support.ts';

test.each([
  ['content of 2,001 characters', { content: 'x'.repeat(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
  ['11 embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds', 'BASE_TYPE_BAD_LENGTH'],
  [
    'an embed title of 257 characters',
    { embeds: [{ title: 'x'.repeat(257) }] },
    'embeds.0.title',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an embed description of 4,097 characters',
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
    'a field name of 257 characters',
    { embeds: [{ fields: [{ name: 'x'.repeat(257), value: 'x' }] }] },
    'embeds.0.fields.0.name',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a field value of 1,025 characters',
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
    'a footer of 2,049 characters',
    { embeds: [{ footer: { text: 'x'.repeat(2049) } }] },
    'embeds.0.footer.text',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an author of 257 characters',
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
    'an invalid embed colour',
    { embeds: [{ title: 'x', color: 2 ** 24 }] },
    'embeds.0.color',
    'NUMBER_TYPE_MAX',
  ],
  [
    'an invalid embed URL',
    { embeds: [{ title: 'x', url: 'nowhere' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
  ],
  [
    'an embed image with an ftp URL',
    { embeds: [{ image: { url: 'ftp://x/y' } }] },
    'embeds.0.image.url',
    'URL_TYPE_INVALID_SCHEME',
  ],
  [
    'an invalid embed timestamp',
    { embeds: [{ title: 'x', timestamp: 'soon' }] },
    'embeds.0.timestamp',
    'DATE_TIME_TYPE_PARSE',
  ],
  ['an empty embed', { embeds: [{}] }, 'embeds.0.description', 'BASE_TYPE_REQUIRED'],
  ['a nonce of 26 characters', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
  [
    'users both in parse and in users',
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
    'an invalid role id',
    { content: 'x', allowed_mentions: { roles: ['x'] } },
    'allowed_mentions.roles.0',
    'NUMBER_TYPE_COERCE',
  ],
  [
    'a file name of 1,025 characters',
    { content: 'x', attachments: [{ id: 0, filename: 'x'.repeat(1025) }] },
    'attachments.0.filename',
    'BASE_TYPE_MAX_LENGTH',
  ],
  ['content that is not text', { content: {} }, 'content', 'STRING_TYPE_CONVERT'],
  [
    'a reply to an unknown message',
    { content: 'x', message_reference: { message_id: '1' } },
    'message_reference',
    'REPLIES_UNKNOWN_MESSAGE',
  ],
])('a message with %s is refused with 50035 and the path of the field', (_what, body, path, code) =>
  expectFieldError(body, path, code),
);

test('messages with every field at its limit are accepted', async () => {
  const { post } = await messageChannel();
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

test('an empty message is refused with 50006, invalid JSON with 50109', async () => {
  const { sandbox, path, post } = await messageChannel();
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
