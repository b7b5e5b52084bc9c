import {
  type APIMessage,
  GatewayDispatchEvents,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import type { MessageContent } from './build-message.ts';
import { findGuildOfChannel } from './channels.ts';
import { findMemberById } from './guilds.ts';
import type { Channel, Guild, NonceUse, StoredMessage } from './types.ts';
import { omitUser } from './views.ts';
import { indexMessage, type World } from './world.ts';

/** What is set when a message is created, and never changes. */
export interface MessageOrigin {
  readonly channel: Channel;
  /** The JSON that the bot sent. */
  readonly request: unknown;
  /** The id of the user who sees an ephemeral message; null when everybody sees it. */
  readonly onlyFor: string | null;
  /** Further fields: those of interactions (type, webhook id, metadata), or the reference of a reply. */
  readonly extra?: Partial<APIMessage>;
  readonly nonce?: string | undefined;
}

/** Returns the message with this id in this channel. */
export const findMessage = (world: World, channelId: string, id: string): StoredMessage | undefined =>
  world.messages.get(channelId)?.get(id);

/** Returns an instant in Discord's format of time stamps. */
export const formatTimestamp = (instant: Temporal.Instant) =>
  instant.toString({ fractionalSecondDigits: 6 }).replace('Z', '+00:00');

/** Returns the reference to a message that is replied to (documentation: resources/message, "Message Reference Structure"). */
export const createReference = ({ guild }: { readonly guild: Guild | null }, { message }: StoredMessage) => ({
  type: MessageReferenceType.Default,
  channel_id: message.channel_id,
  message_id: message.id,
  ...(guild ? { guild_id: guild.id } : {}),
});

/** Creates a message of the bot, saves it and publishes the event. */
export function createMessage(world: World, origin: MessageOrigin, content: MessageContent): StoredMessage {
  const { channel, request, onlyFor, extra, nonce } = origin;
  return world.store.transaction(() => {
    const message = {
      id: world.nextId(),
      channel_id: channel.id,
      type: MessageType.Default,
      author: world.bot,
      ...content,
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
    emitMessageEvent(world, GatewayDispatchEvents.MessageCreate, { channel, stored, nonce });
    return stored;
  });
}

/** What an edit replaces: the content, and the JSON that the bot sent. */
export interface MessageEdit {
  readonly content: MessageContent;
  readonly request: unknown;
}

/** Replaces the content of a message, saves it and publishes the event. Mentions of an edit ping nobody. */
export function editMessage(world: World, stored: StoredMessage, edit: MessageEdit): StoredMessage {
  const isLoading = (stored.message.flags ?? 0) & MessageFlags.Loading;
  const edited = isLoading ? null : formatTimestamp(world.clock.now());
  stored.message = { ...stored.message, ...edit.content, edited_timestamp: edited };
  stored.request = edit.request;
  world.saveMeta();
  world.store.save('message', stored.message.id, stored);
  const channel = world.channels.get(stored.message.channel_id);
  if (channel) emitMessageEvent(world, GatewayDispatchEvents.MessageUpdate, { channel, stored });
  return stored;
}

/** Pins or unpins a message, saves it and publishes the event. That is no edit of its content. */
export function editPin(world: World, stored: StoredMessage, pinned: boolean): void {
  stored.message = { ...stored.message, pinned };
  world.store.save('message', stored.message.id, stored);
  const channel = world.channels.get(stored.message.channel_id);
  if (channel) emitMessageEvent(world, GatewayDispatchEvents.MessageUpdate, { channel, stored });
}

/** Deletes a message. Its nonce is kept, so that a late retry does not create it again. */
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
  { channel, stored, nonce }: { channel: Channel; stored: StoredMessage; nonce?: string | undefined },
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

/** A nonce belongs to its author. There is only one bot, so the nonce alone is the key. */
function saveNonce(world: World, nonce: string, message: APIMessage): void {
  const at = world.clock.now().epochMilliseconds;
  const use: NonceUse = { key: nonce, channel: message.channel_id, message: message.id, at };
  world.nonces.set(nonce, use);
  world.store.save('nonce', nonce, use);
}

/**
 * Returns the message that was created with a nonce "in the past few minutes" (documentation: resources/message, "Create
 * Message", `enforce_nonce`). Discord does not publish how long, so the window is a setting.
 */
export function findNonceUse(world: World, nonce: string): NonceUse | undefined {
  const use = world.nonces.get(nonce);
  const age = use && world.clock.now().epochMilliseconds - use.at;
  return age !== undefined && age < world.settings.nonceWindowSeconds * 1000 ? use : undefined;
}
