import { PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import { findMemberById, isBotMember } from './guilds.ts';
import { findGuildOfChannel } from './messages.ts';
import { ALL_PERMISSIONS, channelPermissions, guildPermissions, hasPermissions } from './permissions.ts';
import type { Channel, Guild } from './types.ts';
import type { World } from './world.ts';

/** What the bot may do in a direct message: all but managing. */
export const DIRECT_MESSAGE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseExternalEmojis;

export interface ChannelAccess {
  readonly channel: Channel;
  readonly guild: Guild | null;
  readonly permissions: bigint;
}

/** What the bot may do in a channel; nothing where it is not a member. */
export function botPermissions(world: World, guild: Guild | null, channel: Channel): bigint {
  if (!guild) return DIRECT_MESSAGE_PERMISSIONS;
  const self = findMemberById(guild, world.bot.id);
  return self ? channelPermissions(guild, self, channel) : 0n;
}

/** The channel a request is about, if the bot may see it and holds `needed` there. */
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

/** The guild a request is about, if the bot is in it and holds `needed` there. */
export function requireGuild(world: World, id: string, needed = 0n): Guild {
  const guild = world.guilds.get(id);
  if (guild?.unavailable) throw createDiscordError('unavailable');
  if (!guild || !isBotMember(guild)) throw createDiscordError('unknownGuild');
  const self = findMemberById(guild, world.bot.id);
  if (!hasPermissions(self ? guildPermissions(guild, self) : ALL_PERMISSIONS, needed))
    throw createDiscordError('missingPermissions');
  return guild;
}
