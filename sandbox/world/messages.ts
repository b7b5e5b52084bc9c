import { type APIMessage, GatewayDispatchEvents, MessageFlags, MessageType } from 'discord-api-types/v10';
import type { MessageContent } from './build-message.ts';
import { findMemberById } from './guilds.ts';
import type { Channel, Guild, NonceUse, StoredMessage } from './types.ts';
import { omitUser } from './views.ts';
import { indexMessage, type World } from './world.ts';

/** What is set once, when a message is made. */
export interface MessageOrigin {
  readonly channel: Channel;
  readonly request: unknown;
  readonly onlyFor: string | null;
  /** What an interaction's messages carry beyond others: type, webhook id, metadata; also a reply's reference. */
  readonly extra?: Partial<APIMessage>;
  readonly nonce?: string | undefined;
}

/** The guild a channel is in; null for a direct message. */
export const findGuildOfChannel = (world: World, channel: Channel): Guild | null =>
  (channel.guild_id !== null && world.guilds.get(channel.guild_id)) || null;

/** The message with this id, in this channel. */
export const findMessage = (world: World, channelId: string, id: string): StoredMessage | undefined =>
  world.messages.get(channelId)?.get(id);

/** The instant as Discord writes it in time stamps. */
export const formatTimestamp = (instant: Temporal.Instant) =>
  instant.toString({ fractionalSecondDigits: 6 }).replace('Z', '+00:00');

/** Puts a new message of the bot into a channel, durably, and tells of it. */
export function createMessage(world: World, origin: MessageOrigin, composed: MessageContent): StoredMessage {
  const { channel, request, onlyFor, extra, nonce } = origin;
  return world.store.transaction(() => {
    const message = {
      id: world.nextId(),
      channel_id: channel.id,
      type: MessageType.Default,
      author: world.bot,
      ...composed,
      timestamp: formatTimestamp(world.clock.now()),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      ...extra,
    } as APIMessage;
    const stored: StoredMessage = { message, request, onlyFor };
    indexMessage(world, stored);
    world.store.save('message', message.id, stored);
    if (nonce !== undefined) saveNonce(world, nonce, message);
    emitMessageEvent(world, GatewayDispatchEvents.MessageCreate, channel, stored, nonce);
    return stored;
  });
}

/** Replaces what stands in a message. Nobody is pinged by an edit, but the message says who is mentioned. */
export function editMessage(
  world: World,
  stored: StoredMessage,
  composed: MessageContent,
  request: unknown,
): StoredMessage {
  const loading = (stored.message.flags ?? 0) & MessageFlags.Loading;
  const edited = loading ? null : formatTimestamp(world.clock.now());
  stored.message = { ...stored.message, ...composed, edited_timestamp: edited };
  stored.request = request;
  world.saveMeta();
  world.store.save('message', stored.message.id, stored);
  const channel = world.channels.get(stored.message.channel_id);
  if (channel) emitMessageEvent(world, GatewayDispatchEvents.MessageUpdate, channel, stored);
  return stored;
}

/** Removes a message. Its nonce stays known, so that a late repetition does not bring it back. */
export function deleteMessage(world: World, stored: StoredMessage): void {
  const { id, channel_id } = stored.message;
  world.store.remove('message', id);
  world.messages.get(channel_id)?.delete(id);
  const channel = world.channels.get(channel_id);
  if (!channel) return;
  const guild = findGuildOfChannel(world, channel);
  world.events.emit({
    t: GatewayDispatchEvents.MessageDelete,
    guild,
    d: { id, channel_id, ...(guild ? { guild_id: guild.id } : {}) },
    ...(stored.onlyFor === null ? {} : { hidden: true as const }),
  });
}

function emitMessageEvent(
  world: World,
  t: GatewayDispatchEvents,
  channel: Channel,
  stored: StoredMessage,
  nonce?: string,
): void {
  const guild = findGuildOfChannel(world, channel);
  const member = guild && findMemberById(guild, world.bot.id);
  world.events.emit({
    t,
    guild,
    d: {
      ...stored.message,
      ...(guild ? { guild_id: guild.id } : {}),
      ...(member ? { member: omitUser(member) } : {}),
      ...(nonce === undefined ? {} : { nonce }),
    },
    ...(stored.onlyFor === null ? {} : { hidden: true as const }),
  });
}

/** A nonce belongs to its author, and there is one bot: the text itself is the key. */
function saveNonce(world: World, nonce: string, message: APIMessage): void {
  const at = world.clock.now().epochMilliseconds;
  const use: NonceUse = { key: nonce, channel: message.channel_id, message: message.id, at };
  world.nonces.set(nonce, use);
  world.store.save('nonce', nonce, use);
}

/**
 * What the same author's same nonce led to "in the past few minutes" (documentation: resources/message, "Create
 * Message", `enforce_nonce`; Discord does not publish how many, so the window can be set).
 */
export function findNonceUse(world: World, nonce: string): NonceUse | undefined {
  const use = world.nonces.get(nonce);
  const age = use && world.clock.now().epochMilliseconds - use.at;
  return age !== undefined && age < world.settings.nonceWindowSeconds * 1000 ? use : undefined;
}
