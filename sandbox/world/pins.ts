import { GatewayDispatchEvents, MessageReferenceType, MessageType } from 'discord-api-types/v10';
import { EMPTY_CONTENT } from './build-message.ts';
import { findGuildOfChannel } from './channels.ts';
import { createMessage, editPin, formatTimestamp } from './messages.ts';
import type { StoredMessage } from './types.ts';
import type { World } from './world.ts';

/** The most pins of a channel (documentation: topics/opcodes-and-status-codes, code 30003). */
const MAX_PINS = 250;

/** Pins a message and says so in the channel, as Discord does; nothing where it is pinned. Returns false beyond the limit. */
export function pinMessage(world: World, stored: StoredMessage): boolean {
  const { channel_id, id, pinned } = stored.message;
  const channel = world.channels.get(channel_id);
  if (pinned || !channel) return true;
  const messages = [...(world.messages.get(channel_id)?.values() ?? [])];
  if (messages.filter(({ message }) => message.pinned).length >= MAX_PINS) return false;
  editPin(world, stored, true);
  emitPinsUpdate(world, stored);
  const guild = findGuildOfChannel(world, channel);
  const message_reference = {
    type: MessageReferenceType.Default,
    channel_id,
    message_id: id,
    ...(guild ? { guild_id: guild.id } : {}),
  };
  const extra = { type: MessageType.ChannelPinnedMessage, message_reference };
  createMessage(world, { channel, request: {}, onlyFor: null, extra }, EMPTY_CONTENT);
  return true;
}

/** Unpins a message; nothing where it is not pinned. */
export function unpinMessage(world: World, stored: StoredMessage): void {
  if (!stored.message.pinned) return;
  editPin(world, stored, false);
  emitPinsUpdate(world, stored);
}

function emitPinsUpdate(world: World, { message: { channel_id } }: StoredMessage): void {
  const channel = world.channels.get(channel_id);
  const guild = channel && findGuildOfChannel(world, channel);
  world.events.emit({
    t: GatewayDispatchEvents.ChannelPinsUpdate,
    guild: guild ?? null,
    d: {
      channel_id,
      ...(guild ? { guild_id: guild.id } : {}),
      last_pin_timestamp: formatTimestamp(world.clock.now()),
    },
  });
}
