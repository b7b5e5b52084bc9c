import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { createChannel } from './channels.ts';
import { createJoiningMember, createRole } from './members.ts';
import type { Guild } from './types.ts';
import { guildView } from './views.ts';
import { saveGuild, type World } from './world.ts';

/** The permissions of @everyone in a new guild. */
const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.UseExternalApps |
  PermissionFlagsBits.ChangeNickname;

/** The permissions of the bot's own role. */
const BOT_PERMISSIONS =
  EVERYONE_PERMISSIONS | PermissionFlagsBits.CreateEvents | PermissionFlagsBits.ManageEvents;

/** Returns the member with this user id. */
export const findMemberById = (guild: Guild, userId: string) =>
  guild.members.find((member) => member.user.id === userId);

/** Returns whether the bot is a member, and no outage makes the guild unavailable. */
export const isBotMember = (guild: Guild) => guild.joined_at !== null && !guild.unavailable;

/** What sets one new guild apart from another. */
interface GuildOptions {
  readonly name: string;
  readonly ownerId: string;
  readonly channelNames: readonly string[];
}

/** Adds a guild with its owner, the bot as a member, and one text channel for each name. */
export function addGuild(world: World, { name, ownerId, channelNames }: GuildOptions): Guild {
  const id = world.nextId();
  const botName = world.bot.username;
  const botRole = createRole({
    id: world.nextId(),
    name: botName,
    position: 1,
    permissions: BOT_PERMISSIONS,
  });
  botRole.managed = true;
  botRole.tags = { bot_id: world.bot.id };
  const guild: Guild = {
    id,
    name,
    owner_id: ownerId,
    preferred_locale: 'en-US',
    joined_at: String(world.clock.now()),
    unavailable: false,
    roles: [createRole({ id, name: '@everyone', position: 0, permissions: EVERYONE_PERMISSIONS }), botRole],
    channels: [],
    members: [
      createJoiningMember(world, { userId: ownerId, name: 'owner', roles: [] }),
      createJoiningMember(world, { userId: world.bot.id, name: botName, roles: [botRole.id] }),
    ],
    events: [],
  };
  for (const channelName of channelNames) {
    createChannel(world, guild, { name: channelName, type: ChannelType.GuildText });
  }
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildCreate, guild, d: null });
  return guild;
}

/** Removes the bot from a guild. */
export function removeBot(world: World, guild: Guild): void {
  guild.joined_at = null;
  guild.members = guild.members.filter((member) => member.user.id !== world.bot.id);
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildDelete, guild, d: { id: guild.id } });
}

/** Tells bots that they were removed from a guild, though they were not. */
export function emitFalseRemoval(world: World, guild: Guild): void {
  world.events.emit({ t: GatewayDispatchEvents.GuildDelete, guild, d: { id: guild.id } });
}

/** Adds the bot to a guild, unless it is a member. */
export function addBot(world: World, guild: Guild): void {
  if (guild.joined_at !== null) return;
  const roles = guild.roles.filter((role) => role.tags?.bot_id === world.bot.id).map((role) => role.id);
  guild.joined_at = String(world.clock.now());
  guild.members.push(createJoiningMember(world, { userId: world.bot.id, name: world.bot.username, roles }));
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildCreate, guild, d: null });
}

/** Starts or ends an outage of a guild (documentation: events/gateway-events, "Guild Delete"). */
export function setOutage(world: World, guild: Guild, unavailable: boolean): void {
  if (guild.unavailable === unavailable || guild.joined_at === null) return;
  guild.unavailable = unavailable;
  saveGuild(world, guild);
  world.events.emit(
    unavailable
      ? { t: GatewayDispatchEvents.GuildDelete, guild, d: { id: guild.id, unavailable: true } }
      : { t: GatewayDispatchEvents.GuildCreate, guild, d: null },
  );
}

/** Sets the preferred locale of a guild. */
export function setGuildLocale(world: World, guild: Guild, locale: string): void {
  guild.preferred_locale = locale;
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildUpdate, guild, d: guildView(guild) });
}
