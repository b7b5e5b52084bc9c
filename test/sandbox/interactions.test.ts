import { setTimeout as delay } from 'node:timers/promises';
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { startAnsweringCommands, startBareSession } from './interaction-support.ts';
import { channelId, request } from './support.ts';

test("an interaction in a server has all of Discord's fields and resolved data", async () => {
  const { sandbox, interaction, callback, appId } = await startBareSession();
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

test('an interaction outside of servers has a user, and no member or guild', async () => {
  const { sandbox, interaction, callback } = await startBareSession();
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

test('a reply is returned to the user, and to the bot with with_response', async () => {
  const { sandbox } = await startAnsweringCommands(async (interaction) => {
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

test('a deferred ephemeral reply stays ephemeral after its edit, and is not listed in the channel', async () => {
  const { sandbox } = await startAnsweringCommands(async (interaction) => {
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

test('the first follow-up to a deferred reply fills the loading message', async () => {
  const { sandbox, interaction, callback, appId } = await startBareSession();
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const deferred = await callback(sent, { type: 5 }, '?with_response=true');
  expect(deferred.body).toMatchObject({
    interaction: { id: sent.id, type: 2, response_message_loading: true, response_message_ephemeral: false },
  });
  expect(deferred.body.resource).toBeUndefined();
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

test('@original can be read, edited and deleted', async () => {
  const seen: string[] = [];
  const { sandbox } = await startAnsweringCommands(async (interaction) => {
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

test('a reply has the metadata of its command', async () => {
  const { sandbox } = await startAnsweringCommands((interaction) => interaction.reply('hello'));
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

test('a second callback is refused with 40060, one with an unknown token with 10062', async () => {
  const { sandbox, interaction, callback } = await startBareSession();
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

test('a late callback is refused with 10062, and the user sees that the application did not respond', async () => {
  const { sandbox, interaction, callback } = await startBareSession({ timing: { answerMs: 50 } });
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  expect((await answer).error).toBe('The application did not respond');
  await delay(20);
  expect(await callback(sent, { type: 4, data: { content: 'x' } })).toMatchObject({
    status: 404,
    body: { code: 10062 },
  });
});

test("the default time limits of interactions are Discord's", async () => {
  const { DISCORD_TIMING } = await import('../../sandbox/world/interactions.ts');
  expect(DISCORD_TIMING).toMatchObject({ answerMs: 3000, tokenMs: 900_000 });
});

test.each([
  ['accepted while the token is valid', undefined, { status: 200 }],
  ['refused with 50027 after the token has expired', { tokenMs: 0 }, { status: 401, body: { code: 50027 } }],
])('a follow-up is refused with 10015 before the reply, and then %s', async (_, timing, expected) => {
  const { sandbox, interaction, callback, appId } = await startBareSession(timing && { timing });
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const follow = () => request(sandbox, 'POST', `/webhooks/${appId}/${sent.token}`, { content: 'x' }, {});
  expect((await follow()).body.code).toBe(10015);
  await callback(sent, { type: 4, data: { content: 'x' } });
  await answer;
  expect(await follow()).toMatchObject(expected);
});

test('a deferred reply that is never completed ends in an error', async () => {
  const { sandbox } = await startAnsweringCommands((interaction) => interaction.deferReply(), {
    timing: { deferredMs: 50 },
  });
  expect((await sandbox.command('/hi')).error).toBe('The application did not respond');
});

test('up to 25 suggestions reach the user, 26 are refused', async () => {
  const { sandbox, interaction, callback } = await startBareSession();
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

test('replies of a user-installed app are ephemeral without the permission for external apps', async () => {
  const { sandbox, interaction, callback } = await startBareSession();
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

test('a member without the permission to use commands in a channel cannot run one', async () => {
  const { sandbox } = await startAnsweringCommands((interaction) => interaction.reply('hello'));
  await sandbox.world({ deny: { channel: 'general', permission: 'Use Application Commands', for: 'john' } });
  expect((await sandbox.command({ text: '/hi', user: 'john' })).error).toBe(
    'You do not have permission to use /hi',
  );
});
