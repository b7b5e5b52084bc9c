import { type APIGuildMember, PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscordError, type DiscordErrorName } from '../rules/errors.ts';
import { findGuildOfChannel } from './channels.ts';
import { findMemberById, isBotMember } from './guilds.ts';
import {
  ALL_PERMISSIONS,
  channelPermissions,
  guildPermissions,
  hasPermissions,
  isClosedThread,
} from './permissions.ts';
import type { Channel, Guild } from './types.ts';
import type { World } from './world.ts';

/** The permissions of the bot in a direct message. */
const DIRECT_MESSAGE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseExternalEmojis;

/** What remains to a member in a time-out (topics/permissions, "Permissions for Timed Out Members"). */
const TIMED_OUT_PERMISSIONS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** A channel, and what the bot may do in it. */
export interface ChannelAccess {
  readonly channel: Channel;
  readonly guild: Guild | null;
  readonly permissions: bigint;
}

/** Returns the permissions of the bot in a channel: none where it is not a member. */
export function botPermissions(world: World, guild: Guild | null, channel: Channel): bigint {
  if (!guild) return DIRECT_MESSAGE_PERMISSIONS;
  const self = findMemberById(guild, world.bot.id);
  if (!self || isClosedThread(guild, world.bot.id, channel)) return 0n;
  return limitByTimeout(world, self, channelPermissions(guild, self, channel));
}

/** Returns the permissions of the bot in the guild, without a channel: all of them where it is not a member. */
export function botGuildPermissions(world: World, guild: Guild): bigint {
  const self = findMemberById(guild, world.bot.id);
  return self ? limitByTimeout(world, self, guildPermissions(guild, self)) : ALL_PERMISSIONS;
}

function limitByTimeout(world: World, member: APIGuildMember, permissions: bigint): bigint {
  const until = member.communication_disabled_until;
  if (!until || permissions === ALL_PERMISSIONS) return permissions;
  const isOver = Temporal.Instant.compare(Temporal.Instant.from(until), world.clock.now()) <= 0;
  return isOver ? permissions : permissions & TIMED_OUT_PERMISSIONS;
}

/** Returns the channel, or throws Discord's error when the bot cannot see it or lacks `needed` there. */
export function requireChannel(world: World, id: string, needed = 0n): ChannelAccess {
  const channel = world.channels.get(id);
  if (!channel) throw createDiscordError('unknownChannel');
  const guild = findGuildOfChannel(world, channel);
  if (guild?.unavailable) throw createDiscordError('unavailable');
  if (channel.private) throw createDiscordError('missingAccess');
  const permissions = botPermissions(world, guild, channel);
  if (!hasPermissions(permissions, PermissionFlagsBits.ViewChannel))
    throw createDiscordError('missingAccess');
  if (!hasPermissions(permissions, needed)) throw createDiscordError('missingPermissions');
  return { channel, guild, permissions };
}

/** Throws Discord's error `name` when the bot cannot read the history of a channel. */
export function requireHistory({ permissions }: ChannelAccess, name: DiscordErrorName): void {
  if (!hasPermissions(permissions, PermissionFlagsBits.ReadMessageHistory)) throw createDiscordError(name);
}

/** Returns the guild, or throws Discord's error when the bot is not in it or lacks `needed` there. */
export function requireGuild(world: World, id: string, needed = 0n): Guild {
  const guild = world.guilds.get(id);
  if (guild?.unavailable) throw createDiscordError('unavailable');
  if (!guild || !isBotMember(guild)) throw createDiscordError('unknownGuild');
  if (!hasPermissions(botGuildPermissions(world, guild), needed))
    throw createDiscordError('missingPermissions');
  return guild;
}
