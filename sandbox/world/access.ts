import { PermissionFlagsBits } from 'discord-api-types/v10';
import { refusal } from '../rules/errors.ts';
import { botIsIn, memberOf } from './guilds.ts';
import { guildOf } from './messages.ts';
import { ALL_PERMISSIONS, can, channelPermissions, guildPermissions } from './permissions.ts';
import type { Channel, Guild } from './types.ts';
import type { World } from './world.ts';

/** What the bot may do in a direct message: all but managing. */
export const DIRECT_PERMISSIONS =
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
  if (!guild) return DIRECT_PERMISSIONS;
  const self = memberOf(guild, world.bot.id);
  return self ? channelPermissions(guild, self, channel) : 0n;
}

/** The channel a request is about, if the bot may see it and holds `needed` there. */
export function requireChannel(world: World, id: string, needed = 0n): ChannelAccess {
  const channel = world.channels.get(id);
  if (!channel) throw refusal('unknownChannel');
  const guild = guildOf(world, channel);
  if (guild?.unavailable) throw refusal('unavailable');
  if (channel.private) throw refusal('missingAccess');
  const permissions = botPermissions(world, guild, channel);
  if (!can(permissions, PermissionFlagsBits.ViewChannel)) throw refusal('missingAccess');
  if (!can(permissions, needed)) throw refusal('missingPermissions');
  return { channel, guild, permissions };
}

/** The guild a request is about, if the bot is in it and holds `needed` there. */
export function requireGuild(world: World, id: string, needed = 0n): Guild {
  const guild = world.guilds.get(id);
  if (guild?.unavailable) throw refusal('unavailable');
  if (!guild || !botIsIn(guild)) throw refusal('unknownGuild');
  const self = memberOf(guild, world.bot.id);
  if (!can(self ? guildPermissions(guild, self) : ALL_PERMISSIONS, needed))
    throw refusal('missingPermissions');
  return guild;
}
