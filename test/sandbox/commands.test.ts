import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, request, sandboxFor } from './support.ts';

const hi = { name: 'hi', description: 'Says hi' };
const text = (name: string, more: object = {}) => ({ type: 3, name, description: name, ...more });

async function commandsPath(sandbox: Sandbox): Promise<string> {
  return `/applications/${(await sandbox.state()).bot.id}/commands`;
}

/** A command with everything that Discord accepts. */
const RICH = {
  name: 'rich',
  name_localizations: { de: 'reich', 'es-ES': 'rico' },
  description: 'Everything',
  description_localizations: { de: 'Alles' },
  default_member_permissions: '32',
  contexts: [0, 1, 2],
  integration_types: [0, 1],
  nsfw: false,
  options: [
    text('word', { required: true, min_length: 2, max_length: 5 }),
    text('free', { autocomplete: true }),
    text('pick', { choices: [{ name: 'One', name_localizations: { de: 'Eins' }, value: '1' }] }),
    { type: 4, name: 'count', description: 'count', min_value: 1, max_value: 10 },
    { type: 10, name: 'share', description: 'share', min_value: 0.5 },
    { type: 7, name: 'where', description: 'where', channel_types: [0, 5] },
    { type: 8, name: 'role', description: 'role' },
    { type: 6, name: 'who', description: 'who' },
    { type: 9, name: 'any', description: 'any' },
    { type: 5, name: 'flag', description: 'flag' },
  ],
};

test('PUT returns commands with ids and versions, and keeps both while nothing changes', async () => {
  const sandbox = await sandboxFor();
  const path = await commandsPath(sandbox);
  const first = await request(sandbox, 'PUT', path, [RICH, hi]);
  expect(first.status).toBe(200);
  expect(first.body[0]).toMatchObject({
    ...RICH,
    id: expect.stringMatching(/^\d+$/),
    version: expect.stringMatching(/^\d+$/),
    type: 1,
  });
  const second = await request(sandbox, 'PUT', path, [RICH, { ...hi, description: 'Says hello' }]);
  expect(second.body[0]).toEqual(first.body[0]);
  expect(second.body[1].id).toBe(first.body[1].id);
  expect(second.body[1].version).not.toBe(first.body[1].version);
  expect((await sandbox.state()).commands).toEqual(second.body);
  await request(sandbox, 'PUT', path, [hi]);
  expect((await sandbox.state()).commands.map((command) => command.name)).toEqual(['hi']);
});

test('the localizations of commands are returned only on request', async () => {
  const sandbox = await sandboxFor();
  const path = await commandsPath(sandbox);
  await request(sandbox, 'PUT', path, [RICH]);
  expect(JSON.stringify((await request(sandbox, 'GET', path)).body)).not.toContain('_localizations');
  expect(
    (await request(sandbox, 'GET', `${path}?with_localizations=true`)).body[0].name_localizations.de,
  ).toBe('reich');
});

test('a command of a server can be created, replaced, changed, read and deleted', async () => {
  const sandbox = await sandboxFor();
  const path = await commandsPath(sandbox);
  const guild = (await sandbox.state()).guilds[0]?.id ?? '';
  const own = path.replace('/commands', `/guilds/${guild}/commands`);
  const made = await request(sandbox, 'POST', own, hi);
  expect(made).toMatchObject({ status: 201, body: { guild_id: guild } });
  expect((await request(sandbox, 'POST', own, hi)).status).toBe(200);
  expect((await request(sandbox, 'GET', path)).body).toEqual([]);
  const changed = await request(sandbox, 'PATCH', `${own}/${made.body.id}`, { description: 'Else' });
  expect(changed.body).toMatchObject({ id: made.body.id, description: 'Else' });
  expect((await request(sandbox, 'GET', `${path}/${made.body.id}`)).body.code).toBe(10063);
  expect((await request(sandbox, 'DELETE', `${own}/${made.body.id}`)).status).toBe(204);
  expect((await request(sandbox, 'GET', `${own}/${made.body.id}`)).body.code).toBe(10063);
});

test.each([
  ['an upper-case name', { ...hi, name: 'Hi' }, ['name']],
  ['a name with a space', { ...hi, name: 'h i' }, ['name']],
  ['a name of 33 characters', { ...hi, name: 'x'.repeat(33) }, ['name']],
  ['no description', { name: 'hi' }, ['description']],
  ['a description of 101 characters', { ...hi, description: 'x'.repeat(101) }, ['description']],
  ['26 options', { ...hi, options: Array.from({ length: 26 }, (_, n) => text(`o${n}`)) }, ['options']],
  [
    '26 choices',
    {
      ...hi,
      options: [
        text('o', { choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) }),
      ],
    },
    ['options', '0', 'choices'],
  ],
  [
    'a choice with a long name',
    { ...hi, options: [text('o', { choices: [{ name: 'x'.repeat(101), value: 'x' }] })] },
    ['options', '0', 'choices', '0', 'name'],
  ],
  [
    'a required option after an optional one',
    { ...hi, options: [text('a'), text('b', { required: true })] },
    ['options', '1'],
  ],
  ['two options with the same name', { ...hi, options: [text('a'), text('a')] }, ['options', '1', 'name']],
  [
    'choices with autocomplete',
    { ...hi, options: [text('a', { autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] },
    ['options', '0', 'autocomplete'],
  ],
  [
    'an invalid option in a subcommand',
    { ...hi, options: [{ type: 1, name: 'sub', description: 'x', options: [text('B')] }] },
    ['options', '0', 'options', '0', 'name'],
  ],
  [
    'subcommands beside plain options',
    { ...hi, options: [{ type: 1, name: 'sub', description: 'x' }, text('a')] },
    ['options'],
  ],
  ['an unknown locale', { ...hi, name_localizations: { xx: 'x' } }, ['name_localizations', 'xx']],
  ['an unknown context', { ...hi, contexts: [3] }, ['contexts', '0']],
  [
    '8,001 characters',
    {
      ...hi,
      options: Array.from({ length: 20 }, (_, n) =>
        text(`o${n}`, {
          description_localizations: { de: 'x'.repeat(100) },
          choices: Array.from({ length: 3 }, (_, m) => ({
            name: `${m}`.padEnd(100),
            value: 'x'.repeat(98 + m),
          })),
        }),
      ),
    },
    [],
  ],
])('a command with %s is refused with the path of the field', async (_what, command, path) => {
  const sandbox = await sandboxFor();
  const { status, body } = await request(sandbox, 'PUT', await commandsPath(sandbox), [
    hi,
    { ...command, name: command.name === 'hi' ? 'other' : command.name },
  ]);
  expect([status, body.code]).toEqual([400, 50035]);
  const at = ['1', ...path].reduce((node, key) => node?.[key], body.errors);
  expect(at?._errors?.[0]).toEqual({ code: expect.any(String), message: expect.any(String) });
});

test('two commands with the same name are refused, and so are more than a hundred', async () => {
  const sandbox = await sandboxFor();
  const path = await commandsPath(sandbox);
  expect((await request(sandbox, 'PUT', path, [hi, hi])).body.errors['1'].name._errors[0].code).toBe(
    'APPLICATION_COMMANDS_DUPLICATE_NAME',
  );
  const many = Array.from({ length: 101 }, (_, n) => ({ ...hi, name: `c${n}` }));
  expect((await request(sandbox, 'PUT', path, many)).body.code).toBe(30032);
  expect((await request(sandbox, 'PUT', path, many.slice(1))).status).toBe(200);
  expect((await request(sandbox, 'POST', path, hi)).body.code).toBe(30032);
});

test('the commands of another application cannot be changed', async () => {
  const sandbox = await sandboxFor();
  expect((await request(sandbox, 'PUT', '/applications/1/commands', [])).body.code).toBe(10002);
});

test("command lines that Discord's client would refuse get an error and do not reach the bot", async () => {
  const sandbox = await sandboxFor();
  let heard = 0;
  await botIn(sandbox, () => heard++);
  await request(sandbox, 'PUT', await commandsPath(sandbox), [
    { ...RICH, contexts: [0], integration_types: [0] },
    { ...hi, default_member_permissions: '0' },
    { ...hi, name: 'anyone', options: [{ type: 7, name: 'where', description: 'x', channel_types: [5] }] },
  ]);
  const errorOf = async (line: string, more: object = {}) =>
    (await sandbox.command({ text: line, ...more })).error;
  expect(await errorOf('/nope')).toBe('Unknown command: /nope');
  expect(await errorOf('/rich')).toBe('word: This option is required. Specify a value');
  expect(await errorOf('/rich word:abc other:1')).toBe('word: Must be 5 or fewer characters');
  expect(await errorOf('/rich word:a')).toMatch('2 or more');
  expect(await errorOf('/rich word:abc count:many')).toBe('count: Must be a number');
  expect(await errorOf('/rich word:abc count:1.5')).toBe('count: Must be a whole number');
  expect(await errorOf('/rich word:abc count:11')).toBe('count: Must be 10 or less');
  expect(await errorOf('/rich word:abc share:0.4')).toBe('share: Must be 0.5 or more');
  expect(await errorOf('/rich word:abc pick:Two')).toBe('pick: Must be one of One');
  expect(await errorOf('/rich word:abc where:nowhere')).toBe('where: There is no channel nowhere');
  expect(await errorOf('/anyone where:general')).toBe('where: general is not a channel of the right type');
  expect(await errorOf('/rich word:abc role:Nobody')).toBe('role: There is no role Nobody');
  expect(await errorOf('/rich word:abc who:nobody')).toBe('who: There is no member nobody');
  expect(await errorOf('/rich word:abc flag:maybe')).toBe('flag: Must be true or false');
  expect(await errorOf('/rich word:abc', { user: 'john' })).toBe('You do not have permission to use /rich');
  expect(await errorOf('/hi', { user: 'john' })).toBe('You do not have permission to use /hi');
  expect(await errorOf('/rich word:abc', { context: 'dm' })).toBe(
    '/rich cannot be used in direct messages with the app',
  );
  expect(await errorOf('/rich word:abc', { install: 'user' })).toBe(
    '/rich is not available to users who install the app',
  );
  expect(await errorOf('/anyone', { channel: 'nowhere' })).toBe(
    'There is no channel nowhere in The Continental.',
  );
  expect(await errorOf('/anyone', { user: 'nobody' })).toBe('There is no member nobody in The Continental.');
  expect(heard).toBe(0);
});
