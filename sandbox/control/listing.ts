import type { World } from '../world/types.ts';
import { ControlError } from './errors.ts';
import { findChannel, findGuild } from './find.ts';

/** The messages of a channel as a script reads them, oldest first; what only one person sees is left out. */
export function listMessages(world: World, channelSaid: string, guildSaid: string | undefined): object[] {
  const channel = world.channels.get(channelSaid) ?? findChannel(findGuild(world, guildSaid), channelSaid);
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

/** The world as a script reads it. */
export function stateOf(world: World): object {
  return {
    now: String(world.clock.now()),
    guilds: [...world.guilds.values()].map((guild) => ({
      id: guild.id,
      name: guild.name,
      bot: guild.joined_at !== null,
      unavailable: guild.unavailable,
      channels: guild.channels.map(({ id, name, type }) => ({ id, name, type })),
      roles: guild.roles.map(({ id, name, mentionable, permissions }) => ({
        id,
        name,
        mentionable,
        permissions,
      })),
      members: guild.members.map(({ user, roles }) => ({
        id: user.id,
        name: user.username,
        bot: user.bot ?? false,
        roles,
      })),
      events: guild.events,
    })),
    commands: [...world.commands.values()],
    bot: { id: world.bot.id, name: world.bot.username },
    nonceWindowSeconds: world.settings.nonceWindowSeconds,
  };
}
