import { botPermissions } from '../world/access.ts';
import { getOrCreateDirectChannel } from '../world/channels.ts';
import { guildPermissions } from '../world/permissions.ts';
import type { StoredMessage } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { findChannel, findGuild } from './find-by-name.ts';
import { resolveContext } from './invoke.ts';

/**
 * The messages of a channel as a script reads them, oldest first; what only one person sees is left out. "dm" are the
 * direct messages with a member, the owner unless told.
 */
export function listMessages(
  world: World,
  channelSaid: string,
  guildSaid: string | undefined,
  userSaid: string | undefined,
): object[] {
  const channel =
    channelSaid === 'dm'
      ? resolveContext(world, { context: 'dm', guild: guildSaid, user: userSaid }).channel
      : (world.channels.get(channelSaid) ?? findChannel(findGuild(world, guildSaid), channelSaid));
  if (!channel) throw new ControlError(`There is no channel ${channelSaid}.`, 404);
  const all = [...(world.messages.get(channel.id)?.values() ?? [])];
  return all
    .filter((stored) => stored.onlyFor === null)
    .map(({ message, request }) => ({
      id: message.id,
      channel: channel.name,
      channelId: channel.id,
      content: message.content,
      embeds: message.embeds,
      attachments: message.attachments,
      components: message.components,
      mentions: {
        users: message.mentions.map((user) => user.id),
        roles: message.mention_roles,
        everyone: message.mention_everyone,
      },
      flags: message.flags,
      timestamp: Temporal.Instant.from(message.timestamp).toString(),
      edited: message.edited_timestamp && Temporal.Instant.from(message.edited_timestamp).toString(),
      request,
    }));
}

/** So many messages of a channel are shown at once. */
const MAX_HISTORY = 200;

/**
 * The newest messages of a channel as one person sees them, oldest first, each as Discord's message object and with what
 * the bot sent. `channelId` may be "dm": the person's direct messages with the bot.
 */
export function listHistory(world: World, channelId: string, userId: string): object {
  if (!world.users.has(userId)) throw new ControlError(`There is no user ${userId}.`, 404);
  const channel =
    channelId === 'dm' ? getOrCreateDirectChannel(world, userId, false) : world.channels.get(channelId);
  if (!channel) throw new ControlError(`There is no channel ${channelId}.`, 404);
  const all = [...(world.messages.get(channel.id)?.values() ?? [])];
  const seen = all.filter(({ onlyFor }) => onlyFor === null || onlyFor === userId);
  return { channel: channel.id, messages: seen.slice(-MAX_HISTORY).map(createHistoryEntry) };
}

/** A message as Discord's clients know it, whom it is for, and the JSON as the bot sent it. */
export const createHistoryEntry = ({ message, request, onlyFor }: StoredMessage) => ({
  message,
  request,
  onlyFor,
});

/** The world as a script reads it. `next` is the earliest instant at which something is due. */
export function createStateView(world: World, next: Temporal.Instant | undefined): object {
  return {
    now: String(world.clock.now()),
    next: next ? String(next) : null,
    guilds: [...world.guilds.values()].map((guild) => ({
      id: guild.id,
      name: guild.name,
      owner: guild.owner_id,
      locale: guild.preferred_locale,
      bot: guild.joined_at !== null,
      unavailable: guild.unavailable,
      channels: guild.channels.map((channel) => ({
        id: channel.id,
        name: channel.name,
        type: channel.type,
        botPermissions: String(botPermissions(world, guild, channel)),
      })),
      roles: guild.roles.map(({ id, name, mentionable, permissions }) => ({
        id,
        name,
        mentionable,
        permissions,
      })),
      members: guild.members.map((member) => ({
        id: member.user.id,
        name: member.user.username,
        bot: member.user.bot ?? false,
        roles: member.roles,
        permissions: String(guildPermissions(guild, member)),
      })),
      events: guild.events,
    })),
    commands: [...world.commands.values()],
    bot: { id: world.bot.id, name: world.bot.username },
    nonceWindowSeconds: world.settings.nonceWindowSeconds,
  };
}
