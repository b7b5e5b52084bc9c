import { setTimeout as delay } from 'node:timers/promises';
import {
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

const PLACE = { contexts: [0, 1, 2], integration_types: [0, 1] };
const COMMANDS = [
  { name: 'hi', description: 'x', ...PLACE },
  {
    name: 'all',
    description: 'x',
    ...PLACE,
    options: [
      { type: 3, name: 'word', description: 'x', autocomplete: true },
      { type: 7, name: 'where', description: 'x' },
      { type: 8, name: 'role', description: 'x' },
      { type: 6, name: 'who', description: 'x' },
    ],
  },
];

/** A sandbox with a discord.js bot that answers `/hi` and clicks as `answer` says. */
async function answering(answer: (interaction: Interaction) => unknown, options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(options);
  const client = await botIn(sandbox, answer);
  await client.application.commands.set(COMMANDS);
  return { sandbox, client };
}
const command = (answer: (interaction: ChatInputCommandInteraction) => unknown, options?: SandboxOptions) =>
  answering((interaction) => (interaction.isChatInputCommand() ? answer(interaction) : undefined), options);

/** A bare session, and the next interaction as it came over the wire. */
async function bare(options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(options);
  const { wire, ready } = await identified(sandbox);
  await request(sandbox, 'PUT', `/applications/${ready.user.id}/commands`, COMMANDS);
  const interaction = async () => (await wire.next((payload) => payload.t === 'INTERACTION_CREATE')).d;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  const callback = (one: any, body: unknown, query = '') =>
    request(sandbox, 'POST', `/interactions/${one.id}/${one.token}/callback${query}`, body, {});
  return { sandbox, appId: ready.user.id as string, interaction, callback };
}

test('nothing that Discord sends is missing or null', async () => {
  const { sandbox, interaction, callback, appId } = await bare();
  await sandbox.world({ deny: { channel: 'releases', permission: 'EmbedLinks' } });
  const answer = sandbox.command({
    text: '/all word:a b where:#releases role:@High Table who:@john',
    locale: 'de',
  });
  const sent = await interaction();
  await callback(sent, { type: 4, data: { content: 'x' } });
  await answer;
  const { guilds } = await sandbox.state();
  const [guild] = guilds;
  const releases = await channelId(sandbox, 'releases');
  expect(sent).toMatchObject({
    application_id: appId,
    version: 1,
    guild_id: guild?.id,
    guild: { id: guild?.id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    locale: 'de',
    channel: {
      id: sent.channel_id,
      name: 'general',
      type: 0,
      permissions: expect.any(String),
      guild_id: guild?.id,
    },
    member: { user: { username: 'winston' }, permissions: expect.any(String), roles: [] },
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id },
    context: 0,
    attachment_size_limit: 10_485_760,
  });
  expect(sent.user).toBeUndefined();
  const granted = BigInt(sent.data.resolved.channels[releases].app_permissions);
  expect(granted & PermissionFlagsBits.SendMessages).toBeTruthy();
  expect(granted & PermissionFlagsBits.EmbedLinks).toBe(0n);
  expect(BigInt(sent.app_permissions) & PermissionFlagsBits.EmbedLinks).toBeTruthy();
  const ids = Object.fromEntries(
    sent.data.options.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  expect(ids['word']).toBe('a b');
  expect(sent.data.resolved.roles[ids['role']].name).toBe('High Table');
  expect(sent.data.resolved.users[ids['who']].username).toBe('john');
  expect(sent.data.resolved.members[ids['who']].permissions).toMatch(/^\d+$/);
  expect(JSON.stringify(sent)).not.toContain('"thread":null');
});

test('in direct messages and private channels there is a user, and no member or guild', async () => {
  const { sandbox, interaction, callback } = await bare();
  for (const [where, context, owners] of [
    [{ channel: 'dm' }, 1, { 0: '0' }],
    [{ context: 'private' as const }, 2, { 1: expect.any(String) }],
  ] as const) {
    const answer = sandbox.command({ text: '/hi', ...where });
    const sent = await interaction();
    await callback(sent, { type: 4, data: { content: 'x' } });
    expect((await answer).reply?.content).toBe('x');
    expect(sent).toMatchObject({
      context,
      authorizing_integration_owners: owners,
      user: { username: 'winston' },
    });
    expect([sent.member, sent.guild_id, sent.guild]).toEqual([undefined, undefined, undefined]);
  }
});

test('an answer is the message as stored, and with_response gives it back', async () => {
  const { sandbox } = await command(async (interaction) => {
    const { resource } = await interaction.reply({ content: 'hello', withResponse: true });
    await interaction.followUp(`it was ${resource?.message?.id}`);
  });
  const { reply, ephemeral, ms } = await sandbox.command('/hi');
  expect(reply).toMatchObject({ content: 'hello', embeds: [], components: [], attachments: [], flags: 0 });
  expect(ephemeral).toBe(false);
  expect(ms).toBeGreaterThan(0);
  await expect
    .poll(async () => (await sandbox.messages('general')).map((message) => message.content))
    .toEqual(['hello', `it was ${reply?.id}`]);
});

test('what is ephemeral stays so through defer, edit and follow-up, and is not listed', async () => {
  const { sandbox } = await command(async (interaction) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await delay(20);
    await interaction.editReply('secret');
    await interaction.followUp({ content: 'also', flags: MessageFlags.Ephemeral });
    await interaction.followUp('for all');
  });
  const { reply, ephemeral } = await sandbox.command('/hi');
  expect([reply?.content, ephemeral, reply?.flags]).toEqual(['secret', true, MessageFlags.Ephemeral]);
  await expect
    .poll(async () => (await sandbox.messages('general')).map((message) => message.content))
    .toEqual(['for all']);
});

test('a deferred answer shows as loading, and the first follow-up fills it', async () => {
  const { sandbox, interaction, callback, appId } = await bare();
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const deferred = await callback(sent, { type: 5 }, '?with_response=true');
  expect(deferred.body).toMatchObject({
    interaction: { id: sent.id, type: 2, response_message_loading: true, response_message_ephemeral: false },
    resource: { type: 5 },
  });
  const follow = await request(
    sandbox,
    'POST',
    `/webhooks/${appId}/${sent.token}`,
    { content: 'done', flags: 64 },
    {},
  );
  expect(follow.body).toMatchObject({
    id: deferred.body.interaction.response_message_id,
    content: 'done',
    flags: 0,
  });
  expect((await answer).reply?.content).toBe('done');
});

test('@original can be got, edited and deleted', async () => {
  const seen: string[] = [];
  const { sandbox } = await command(async (interaction) => {
    await interaction.reply('one');
    seen.push((await interaction.fetchReply()).content);
    seen.push((await interaction.editReply('two')).content);
    await interaction.deleteReply();
    seen.push(
      await interaction.fetchReply().then(
        () => 'there',
        (error) => String(error.code),
      ),
    );
  });
  await sandbox.command('/hi');
  await expect.poll(() => seen).toEqual(['one', 'two', '10008']);
  expect(await sandbox.messages('general')).toEqual([]);
});

test('the message says whose command it answers', async () => {
  const { sandbox } = await command((interaction) => interaction.reply('hello'));
  const { reply } = await sandbox.command('/hi');
  const { body } = await request(
    sandbox,
    'GET',
    `/channels/${await channelId(sandbox)}/messages/${reply?.id}`,
  );
  expect(body).toMatchObject({
    type: 20,
    interaction_metadata: {
      type: 2,
      user: { username: 'winston' },
      name: 'hi',
      authorizing_integration_owners: { 0: expect.any(String) },
    },
    webhook_id: body.application_id,
  });
});

test('a second answer is refused with 40060, one to an unknown token with 10062', async () => {
  const { sandbox, interaction, callback } = await bare();
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  expect((await callback(sent, { type: 4, data: {} })).body.code).toBe(50006);
  expect(
    (await callback(sent, { type: 4, data: { content: 'x', enforce_nonce: false, nonce: '1' } })).status,
  ).toBe(204);
  expect(await callback(sent, { type: 4, data: { content: 'y' } })).toMatchObject({
    status: 400,
    body: { code: 40060 },
  });
  expect(await callback({ id: sent.id, token: 'x' }, { type: 4, data: { content: 'y' } })).toMatchObject({
    status: 404,
    body: { code: 10062 },
  });
  await answer;
});

test('an answer that comes too late is refused with 10062, and the person is told', async () => {
  const { sandbox, interaction, callback } = await bare({ timing: { answerMs: 50 } });
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  expect((await answer).error).toBe('The application did not respond');
  await delay(20);
  expect(await callback(sent, { type: 4, data: { content: 'x' } })).toMatchObject({
    status: 404,
    body: { code: 10062 },
  });
});

test('the limits are those of Discord when nothing else is said', async () => {
  const { DISCORD_TIMING } = await import('../../sandbox/world/interactions.ts');
  expect(DISCORD_TIMING).toMatchObject({ answerMs: 3000, tokenMs: 900_000 });
});

test('the token ends: 50027; and before an answer there is nothing to follow up on', async () => {
  const { sandbox, interaction, callback, appId } = await bare({ timing: { tokenMs: 100 } });
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const follow = () => request(sandbox, 'POST', `/webhooks/${appId}/${sent.token}`, { content: 'x' }, {});
  expect((await follow()).body.code).toBe(10015);
  await callback(sent, { type: 4, data: { content: 'x' } });
  await answer;
  expect((await follow()).status).toBe(200);
  await delay(110);
  expect(await follow()).toMatchObject({ status: 401, body: { code: 50027 } });
});

test('a deferred answer that never comes is an error too', async () => {
  const { sandbox } = await command((interaction) => interaction.deferReply(), {
    timing: { deferredMs: 50 },
  });
  expect((await sandbox.command('/hi')).error).toBe('The application did not respond');
});

test('suggestions reach the person, and 26 are refused', async () => {
  const { sandbox, interaction, callback } = await bare();
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));
  const asked = sandbox.autocomplete('/all who:john word:an');
  const sent = await interaction();
  expect(sent).toMatchObject({
    type: 4,
    data: { options: [{ name: 'who' }, { name: 'word', value: 'an', focused: true }] },
  });
  const refused = await callback(sent, { type: 8, data: { choices: choices(26) } });
  expect(refused.body.errors.data.choices._errors[0].code).toBe('BASE_TYPE_BAD_LENGTH');
  const long = await callback(sent, { type: 8, data: { choices: [{ name: 'x'.repeat(101), value: 'x' }] } });
  expect(long.body.errors.data.choices['0'].name._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
  expect((await callback(sent, { type: 4, data: { content: 'x' } })).body.errors.type).toBeDefined();
  await callback(sent, { type: 8, data: { choices: choices(25) } });
  expect((await asked).choices).toEqual(choices(25));
  expect((await sandbox.autocomplete('/all who:john')).error).toBe('who has no suggestions');
});

const BUTTONS = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, custom_id: 'update', label: 'Update' },
      { type: 2, style: 1, custom_id: 'later', label: 'Later' },
      { type: 2, style: 1, custom_id: 'new', label: 'New' },
      { type: 2, style: 1, custom_id: 'off', label: 'Off', disabled: true },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'pick',
        options: [
          { label: 'A', value: 'a' },
          { label: 'B', value: 'b' },
        ],
      },
    ],
  },
  { type: 1, components: [{ type: 8, custom_id: 'where', channel_types: [0] }] },
];

test('components: update, deferred update, a new message, selects', async () => {
  const { sandbox } = await answering(async (interaction) => {
    if (interaction.isChatInputCommand()) return interaction.reply({ content: 'press', components: BUTTONS });
    if (interaction.isChannelSelectMenu())
      return interaction.reply(`in ${interaction.channels.first()?.toString()}`);
    if (interaction.isStringSelectMenu()) return interaction.update(`chose ${interaction.values}`);
    if (!interaction.isButton()) return undefined;
    if (interaction.customId === 'update') return interaction.update('updated');
    if (interaction.customId === 'new')
      return interaction.reply({ content: 'new', flags: MessageFlags.Ephemeral });
    await interaction.deferUpdate();
    return interaction.editReply('updated later');
  });
  const { reply } = await sandbox.command('/hi');
  const message = reply?.id ?? '';
  const click = (customId: string, values?: string[]) =>
    sandbox.click({ message, customId, ...(values ? { values } : {}) });
  expect((await click('update')).reply).toMatchObject({ id: message, content: 'updated' });
  expect((await click('later')).reply).toMatchObject({ id: message, content: 'updated later' });
  expect(await click('new')).toMatchObject({ ephemeral: true, reply: { content: 'new' } });
  expect((await click('pick', ['B'])).reply?.content).toBe('chose b');
  expect((await click('where', ['releases'])).reply?.content).toBe(
    `in <#${await channelId(sandbox, 'releases')}>`,
  );
  expect((await click('pick', ['c'])).error).toBe('c is not among the options of pick');
  expect((await click('pick')).error).toBe('Choose from 1 to 1 values');
  expect((await click('off')).error).toBe('The component off is disabled');
  expect((await click('gone')).error).toBe('The message has no component with the custom id gone');
  expect((await sandbox.click({ message: '1', customId: 'x' })).error).toBe('There is no message 1');
});

test('an ephemeral message can be clicked only by the person it is for', async () => {
  const { sandbox } = await answering((interaction) => {
    if (interaction.isChatInputCommand())
      return interaction.reply({ components: BUTTONS, flags: MessageFlags.Ephemeral });
    return interaction.isButton() ? interaction.update('mine') : undefined;
  });
  const { reply } = await sandbox.command({ text: '/hi', user: 'john' });
  const message = reply?.id ?? '';
  expect((await sandbox.click({ message, customId: 'update', user: 'winston' })).error).toMatch(
    /There is no message/,
  );
  expect(await sandbox.click({ message, customId: 'update' })).toMatchObject({
    ephemeral: true,
    reply: { content: 'mine' },
  });
});

test('modals open, are checked, and are sent', async () => {
  const { sandbox } = await answering(async (interaction) => {
    if (interaction.isModalSubmit())
      return interaction.reply(`${interaction.fields.getTextInputValue('name')}`);
    if (!interaction.isChatInputCommand()) return undefined;
    const input = { type: 4, custom_id: 'name', style: 1, max_length: 5 } as const;
    return interaction.showModal(
      new ModalBuilder({
        custom_id: 'form',
        title: 'Form',
        components: [{ type: 18, label: 'Name', component: input }],
      } as never),
    );
  });
  const { modal } = await sandbox.command('/hi');
  expect(modal).toMatchObject({ custom_id: 'form', title: 'Form' });
  expect((await sandbox.modal({ customId: 'form', fields: {} })).error).toBe('name: This field is required');
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'far too long' } })).error).toMatch(
    /between 0 and 5/,
  );
  expect((await sandbox.modal({ customId: 'form', fields: { nam: 'x' } })).error).toBe(
    'The modal has no field nam',
  );
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'John' } })).reply?.content).toBe('John');
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'John' } })).error).toBe(
    'No modal form is open',
  );
});

test('what is chosen in a modal comes with what Discord tells of it; what is left alone stays as it was opened', async () => {
  const sent: { roles: string[]; values: readonly string[] }[] = [];
  const { sandbox } = await answering(async (interaction) => {
    if (interaction.isModalSubmit()) {
      const roles = interaction.fields.getSelectedRoles('role') ?? new Map();
      sent.push({ roles: [...roles.values()].map((role) => role?.name ?? ''), values: [...roles.keys()] });
      return interaction.reply('ok');
    }
    if (!interaction.isChatInputCommand()) return undefined;
    const chosen = interaction.guild?.roles.cache.find(({ name }) => name === 'Ruska Roma')?.id ?? '';
    const component = {
      type: 6,
      custom_id: 'role',
      required: false,
      default_values: [{ id: chosen, type: 'role' }],
    };
    return interaction.showModal({
      customId: 'form',
      title: 'Form',
      components: [{ type: 18, label: 'Role', component }],
    } as never);
  });
  for (const fields of [{ role: ['High Table'] }, {}, { role: [] }]) {
    await sandbox.command('/hi');
    await sandbox.modal({ customId: 'form', fields: fields as Record<string, string[]> });
  }
  expect(sent.map(({ roles }) => roles)).toEqual([['High Table'], ['Ruska Roma'], []]);
  await sandbox.command('/hi');
  expect((await sandbox.modal({ customId: 'form', fields: { role: ['Nobody'] } })).error).toContain(
    'nothing called Nobody',
  );
});

test('a user-installed app without the permission for it is seen only by its user', async () => {
  const { sandbox, interaction, callback } = await bare();
  const seenByUser = async () => {
    const answer = sandbox.command({ text: '/hi', install: 'user', user: 'john' });
    const sent = await interaction();
    expect(sent.authorizing_integration_owners).toEqual({ 1: sent.member.user.id });
    await callback(sent, { type: 4, data: { content: 'x' } });
    return (await answer).ephemeral;
  };
  expect(await seenByUser()).toBe(false);
  await sandbox.world({ deny: { channel: 'general', permission: 'USE_EXTERNAL_APPS', for: '@everyone' } });
  expect(await seenByUser()).toBe(true);
});

test('a member who may not use commands in a channel cannot', async () => {
  const { sandbox } = await command((interaction) => interaction.reply('hello'));
  await sandbox.world({ deny: { channel: 'general', permission: 'Use Application Commands', for: 'john' } });
  expect((await sandbox.command({ text: '/hi', user: 'john' })).error).toBe(
    'You do not have permission to use /hi',
  );
});
