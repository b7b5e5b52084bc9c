import { type APIUser, InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10';
import { getOrCreateDirectChannel } from '../world/channels.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { Channel, Guild } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { findChannelByName, findMemberByName, requireGuildByName } from './find-by-name.ts';

/** The user who invokes something, and where. */
export interface Caller {
  readonly user: APIUser;
  /** Null in direct messages and private channels. */
  readonly guild: Guild | null;
  readonly channel: Channel;
  readonly context: InteractionContextType;
  readonly locale: string;
  /** Whether the app is installed by the user, rather than in the server. */
  readonly userInstall: boolean;
}

/** How a control call describes a caller. All fields have defaults. */
export interface CallerInput {
  readonly channel?: string | undefined;
  readonly context?: 'guild' | 'dm' | 'private' | undefined;
  readonly user?: string | undefined;
  readonly guild?: string | undefined;
  readonly locale?: string | undefined;
  readonly install?: 'guild' | 'user' | undefined;
}

/**
 * Returns the caller: by default the owner of the first guild, in its channel general. Throws when there is no such user
 * or channel, when the user cannot see the channel, or during an outage of the guild.
 */
export function resolveCaller(world: World, input: CallerInput): Caller {
  const guild = requireGuildByName(world, input.guild);
  const member = findMemberByName(guild, input.user ?? guild.owner_id);
  if (!member) throw new ControlError(`There is no member ${input.user} in ${guild.name}.`, 404);
  const { user } = member;
  const locale = input.locale ?? 'en-US';
  if (input.context === 'private') {
    const channel = getOrCreateDirectChannel(world, user.id, true);
    const context = InteractionContextType.PrivateChannel;
    return { user, guild: null, channel, locale, userInstall: true, context };
  }
  const userInstall = input.install === 'user';
  if (input.context === 'dm' || input.channel === 'dm') {
    const channel = getOrCreateDirectChannel(world, user.id, false);
    return { user, guild: null, channel, locale, userInstall, context: InteractionContextType.BotDM };
  }
  if (guild.unavailable) throw new ControlError(`${guild.name} is unavailable because of an outage.`);
  const channel = requireGuildChannel(guild, input.channel);
  if (!hasPermissions(channelPermissions(guild, member, channel), PermissionFlagsBits.ViewChannel)) {
    throw new ControlError(`${user.username} cannot see the channel ${channel.name}.`);
  }
  return { user, guild, channel, locale, userInstall, context: InteractionContextType.Guild };
}

function requireGuildChannel(guild: Guild, reference: string | undefined): Channel {
  const channel =
    findChannelByName(guild, reference ?? 'general') ??
    (reference === undefined ? guild.channels[0] : undefined);
  if (channel) return channel;
  throw new ControlError(`There is no channel ${reference ?? 'general'} in ${guild.name}.`, 404);
}
