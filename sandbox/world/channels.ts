import { ChannelType, GatewayDispatchEvents, type OverwriteType } from 'discord-api-types/v10';
import type { Channel, Guild } from './types.ts';
import { channelView } from './views.ts';
import { saveDirectChannel, saveGuild, type World } from './world.ts';

/** Puts a channel into a guild that is not written down yet. */
export function createChannel(
  world: World,
  guild: Guild,
  name: string,
  type: ChannelType,
  thread?: NonNullable<Channel['thread']>,
): Channel {
  const channel: Channel = {
    id: world.nextId(),
    type,
    guild_id: guild.id,
    name,
    topic: null,
    position: guild.channels.length,
    permission_overwrites: [],
    last_message_id: null,
    recipient: null,
    ...(thread && { thread }),
  };
  guild.channels.push(channel);
  world.channels.set(channel.id, channel);
  return channel;
}

/** A new channel in a server. */
export function addChannel(world: World, guild: Guild, name: string, type: ChannelType): Channel {
  const channel = createChannel(world, guild, name, type);
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ChannelCreate, guild, d: channelView(channel) });
  return channel;
}

/** Writes down a change to a guild's channel and tells of it. */
export function updateChannel(world: World, guild: Guild, channel: Channel): void {
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ChannelUpdate, guild, d: channelView(channel) });
}

/** Removes a channel with every message and every thread in it. */
export function deleteChannel(world: World, guild: Guild, channel: Channel): void {
  for (const thread of guild.channels.filter((one) => one.thread?.parent === channel.id))
    deleteChannel(world, guild, thread);
  world.store.transaction(() => {
    guild.channels = guild.channels.filter((other) => other.id !== channel.id);
    saveGuild(world, guild);
    for (const id of world.messages.get(channel.id)?.keys() ?? []) world.store.remove('message', id);
  });
  world.channels.delete(channel.id);
  world.messages.delete(channel.id);
  const { ChannelDelete, ThreadDelete } = GatewayDispatchEvents;
  world.events.emit({ t: channel.thread ? ThreadDelete : ChannelDelete, guild, d: channelView(channel) });
}

/** Grants or denies a permission in a channel to one role or one member: an overwrite. */
export function setPermissionOverwrite(
  world: World,
  guild: Guild,
  channel: Channel,
  target: { id: string; type: OverwriteType },
  permission: bigint,
  granted: boolean,
): void {
  const known = channel.permission_overwrites.find((overwrite) => overwrite.id === target.id);
  const allow = BigInt(known?.allow ?? 0) & ~permission;
  const deny = BigInt(known?.deny ?? 0) & ~permission;
  channel.permission_overwrites = [
    ...channel.permission_overwrites.filter((overwrite) => overwrite !== known),
    {
      ...target,
      allow: String(granted ? allow | permission : allow),
      deny: String(granted ? deny : deny | permission),
    },
  ];
  updateChannel(world, guild, channel);
}

/** The direct message channel of the bot with a user, or the private channel in which a user invoked the bot. */
export function getOrCreateDirectChannel(world: World, userId: string, isPrivate: boolean): Channel {
  const user = world.users.get(userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  for (const channel of world.channels.values()) {
    const same = channel.guild_id === null && (channel.private ?? false) === isPrivate;
    if (same && channel.recipient?.id === userId) return channel;
  }
  const channel: Channel = {
    id: world.nextId(),
    type: isPrivate ? ChannelType.GroupDM : ChannelType.DM,
    guild_id: null,
    name: isPrivate ? 'private' : user.username,
    topic: null,
    position: 0,
    permission_overwrites: [],
    last_message_id: null,
    recipient: user,
    ...(isPrivate ? { private: true as const } : {}),
  };
  saveDirectChannel(world, channel);
  return channel;
}
