import { ChannelType, GatewayDispatchEvents, type OverwriteType } from 'discord-api-types/v10';
import { isClosedThread } from './permissions.ts';
import type { Channel, Guild } from './types.ts';
import { channelView } from './views.ts';
import { saveDirectChannel, saveGuild, type World } from './world.ts';

/** A channel and the guild it is in. */
export interface GuildChannel {
  readonly guild: Guild;
  readonly channel: Channel;
}

/** What sets one new channel apart from another. `thread` is set for threads. */
type ChannelOptions = Pick<Channel, 'name' | 'type' | 'thread'>;

/** Returns the guild of a channel; null for a direct message. */
export const findGuildOfChannel = (world: World, channel: Channel): Guild | null =>
  (channel.guild_id !== null && world.guilds.get(channel.guild_id)) || null;

/** Creates a channel in a guild, without saving the guild. */
export function createChannel(world: World, guild: Guild, { name, type, thread }: ChannelOptions): Channel {
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

/** Adds a channel to a guild. */
export function addChannel(world: World, guild: Guild, options: ChannelOptions): Channel {
  const channel = createChannel(world, guild, options);
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ChannelCreate, guild, d: channelView(channel) });
  return channel;
}

/** Saves a changed channel and publishes the change. */
export function updateChannel(world: World, { guild, channel }: GuildChannel): void {
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ChannelUpdate, guild, d: channelView(channel) });
}

/** Deletes a channel with its threads and messages. */
export function deleteChannel(world: World, { guild, channel }: GuildChannel): void {
  const isClosed = isClosedThread(guild, world.bot.id, channel);
  for (const thread of guild.channels.filter((other) => other.thread?.parent === channel.id)) {
    deleteChannel(world, { guild, channel: thread });
  }
  world.store.transaction(() => {
    guild.channels = guild.channels.filter((other) => other.id !== channel.id);
    saveGuild(world, guild);
    for (const id of world.messages.get(channel.id)?.keys() ?? []) world.store.remove('message', id);
  });
  world.channels.delete(channel.id);
  world.messages.delete(channel.id);
  const { ChannelDelete, ThreadDelete } = GatewayDispatchEvents;
  const t = channel.thread ? ThreadDelete : ChannelDelete;
  world.events.emit({ t, guild, d: channelView(channel), ...(isClosed && { hidden: true }) });
}

/** A permission that is allowed or denied to a role or a member. */
export interface OverwriteChange {
  readonly target: { readonly id: string; readonly type: OverwriteType };
  readonly permission: bigint;
  readonly isAllowed: boolean;
}

/** Changes the permission overwrite of a role or a member in a channel. */
export function setPermissionOverwrite(world: World, place: GuildChannel, change: OverwriteChange): void {
  const { channel } = place;
  const { target, permission, isAllowed } = change;
  const before = channel.permission_overwrites.find((overwrite) => overwrite.id === target.id);
  const allow = BigInt(before?.allow ?? 0) & ~permission;
  const deny = BigInt(before?.deny ?? 0) & ~permission;
  channel.permission_overwrites = [
    ...channel.permission_overwrites.filter((overwrite) => overwrite !== before),
    {
      ...target,
      allow: String(isAllowed ? allow | permission : allow),
      deny: String(isAllowed ? deny : deny | permission),
    },
  ];
  updateChannel(world, place);
}

/** Returns the direct message channel of the bot with a user, or, if `isPrivate`, the private channel, where it exists. */
export function findDirectChannel(world: World, userId: string, isPrivate: boolean): Channel | undefined {
  for (const channel of world.channels.values()) {
    const same = channel.guild_id === null && (channel.private ?? false) === isPrivate;
    if (same && channel.recipient?.id === userId) return channel;
  }
  return undefined;
}

/**
 * Returns the direct message channel of the bot with a user, or, if `isPrivate`, the private channel in which the user
 * invokes the bot. Creates it the first time. Throws when there is no such user.
 */
export function getOrCreateDirectChannel(world: World, userId: string, isPrivate: boolean): Channel {
  const user = world.users.get(userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  const existing = findDirectChannel(world, userId, isPrivate);
  if (existing) return existing;
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
