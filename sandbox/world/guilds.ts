import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { createChannel } from './channels.ts';
import { createMemberById, createRole } from './members.ts';
import type { Guild } from './types.ts';
import { guildView } from './views.ts';
import { saveGuild, type World } from './world.ts';

/** What everyone may do in a new server. */
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

/** What a bot's own role grants beyond that, when it is invited with sensible permissions. */
const BOT_PERMISSIONS =
  EVERYONE_PERMISSIONS | PermissionFlagsBits.CreateEvents | PermissionFlagsBits.ManageEvents;

/** The member of a guild with this user id. */
export const findMemberById = (guild: Guild, userId: string) =>
  guild.members.find((member) => member.user.id === userId);

/** Whether the bot is in the guild, and Discord can serve it. */
export const isBotMember = (guild: Guild) => guild.joined_at !== null && !guild.unavailable;

/** A new server with one channel of each name, its owner, and the bot as a member. */
export function addGuild(
  world: World,
  name: string,
  ownerId: string,
  channelNames: readonly string[],
): Guild {
  const id = world.nextId();
  const botRole = createRole(world.nextId(), world.bot.username, 1, BOT_PERMISSIONS);
  botRole.managed = true;
  botRole.tags = { bot_id: world.bot.id };
  const guild: Guild = {
    id,
    name,
    owner_id: ownerId,
    preferred_locale: 'en-US',
    joined_at: String(world.clock.now()),
    unavailable: false,
    roles: [createRole(id, '@everyone', 0, EVERYONE_PERMISSIONS), botRole],
    channels: [],
    members: [
      createMemberById(world, ownerId, 'owner', []),
      createMemberById(world, world.bot.id, world.bot.username, [botRole.id]),
    ],
    events: [],
  };
  for (const channelName of channelNames) createChannel(world, guild, channelName, ChannelType.GuildText);
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildCreate, guild, d: null });
  return guild;
}

/** The bot leaves the server, or is thrown out. */
export function removeBot(world: World, guild: Guild): void {
  guild.joined_at = null;
  guild.members = guild.members.filter((member) => member.user.id !== world.bot.id);
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildDelete, guild, d: { id: guild.id } });
}

/** The bot is invited (again). */
export function addBot(world: World, guild: Guild): void {
  if (guild.joined_at !== null) return;
  const roles = guild.roles.filter((role) => role.tags?.bot_id === world.bot.id).map((role) => role.id);
  guild.joined_at = String(world.clock.now());
  guild.members.push(createMemberById(world, world.bot.id, world.bot.username, roles));
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildCreate, guild, d: null });
}

/** An outage begins or ends (documentation: events/gateway-events, "Guild Delete": `unavailable` is no removal). */
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

/** Sets the language of a server, in which a bot should post. */
export function setGuildLocale(world: World, guild: Guild, locale: string): void {
  guild.preferred_locale = locale;
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.GuildUpdate, guild, d: guildView(guild) });
}
