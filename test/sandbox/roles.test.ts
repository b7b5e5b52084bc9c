import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

const { ManageMessages, SendMessages } = PermissionFlagsBits;

test("a change of the bot's roles reaches discord.js without an intent for members, and counts", async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const me = () => client.guilds.cache.first()?.members.me;
  await sandbox.world({ addRole: { name: 'Moderator', permissions: ['ManageMessages'] } });
  await sandbox.world({ memberRoles: { roles: ['Moderator'] } });
  await expect.poll(() => me()?.permissions.has(ManageMessages)).toBe(true);
  const [guild] = (await sandbox.state()).guilds;
  const self = guild?.members.find(({ bot }) => bot);
  // The role that Discord manages for the bot stays.
  expect(me()?.roles.cache.map(({ name }) => name)).toContain('Concierge');
  expect(self?.roles).toHaveLength(2);
  expect(BigInt(self?.permissions ?? 0) & ManageMessages).toBe(ManageMessages);
  await sandbox.world({ memberRoles: { roles: [] } });
  await expect.poll(() => me()?.permissions.has(ManageMessages)).toBe(false);
});

test('a changed role is reported, and what it no longer permits is refused', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  const path = `/channels/${await channelId(sandbox)}/messages`;
  const post = async () => (await request(sandbox, 'POST', path, { content: 'x' })).body.code;
  expect(await post()).toBeUndefined();
  for (const role of ['@everyone', 'Concierge'])
    await sandbox.world({ changeRole: { role, permissions: ['ViewChannel'] } });
  const { d } = await wire.next(({ t }) => t === 'GUILD_ROLE_UPDATE');
  expect(d.role).toMatchObject({ name: '@everyone', permissions: String(PermissionFlagsBits.ViewChannel) });
  expect(await post()).toBe(50013);
  await sandbox.world({
    changeRole: { role: 'Concierge', permissions: ['SendMessages'], mentionable: true },
  });
  expect(await post()).toBeUndefined();
  const [guild] = (await sandbox.state()).guilds;
  const role = guild?.roles.find(({ name }) => name === 'Concierge');
  expect(role).toMatchObject({ mentionable: true, permissions: String(SendMessages) });
});

test('the roles of other members are reported only to bots with the intent for members', async () => {
  const sandbox = await sandboxFor();
  const deaf = await identified(sandbox);
  const hearing = await identified(sandbox, {
    intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMembers,
  });
  await sandbox.world({ memberRoles: { member: 'john', roles: ['High Table'] } });
  const { d } = await hearing.wire.next(({ t }) => t === 'GUILD_MEMBER_UPDATE');
  expect(d).toMatchObject({ user: { username: 'john' }, roles: [expect.any(String)] });
  await sandbox.world({ memberRoles: { roles: [] } });
  const own = await deaf.wire.next(({ t }) => t === 'GUILD_MEMBER_UPDATE');
  expect(own.d.user.username).toBe('Concierge');
});

test('unknown roles and members are refused', async () => {
  const sandbox = await sandboxFor();
  await expect(sandbox.world({ memberRoles: { roles: ['nothing'] } })).rejects.toThrow(
    'There is no role nothing',
  );
  await expect(sandbox.world({ memberRoles: { member: 'nobody', roles: [] } })).rejects.toThrow(
    'There is no member nobody',
  );
});
