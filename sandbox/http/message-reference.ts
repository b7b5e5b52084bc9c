import { MessageFlags, MessageReferenceType, MessageType } from 'discord-api-types/v10';
import { createFieldError } from '../rules/form.ts';
import type { MessageForm } from '../rules/message.ts';
import { type ChannelAccess, requireChannel, requireHistory } from '../world/access.ts';
import { EMPTY_CONTENT, type MessageContent } from '../world/build-message.ts';
import { createReference, findMessage, type MessageOrigin } from '../world/messages.ts';
import type { StoredMessage } from '../world/types.ts';
import type { World } from '../world/world.ts';

type Extra = Pick<MessageOrigin, 'extra'>;

const unknownMessage = () =>
  createFieldError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');

/**
 * Returns the fields that make a message a reply, if the form refers to a message. Throws Discord's error 160002 without the
 * permission to read the history (documentation: resources/message, "Create Message").
 */
export function createReplyFields(
  world: World,
  access: ChannelAccess,
  { message_reference: reference }: MessageForm,
): Extra {
  if (!reference) return {};
  requireHistory(access, 'replyWithoutHistory');
  const replied = findMessage(world, access.channel.id, reference.message_id);
  if (replied) {
    // The message that is replied to comes without the one that it replies to.
    const { referenced_message: _, ...referenced } = replied.message;
    return {
      extra: {
        type: MessageType.Reply,
        message_reference: createReference(access, replied),
        referenced_message: referenced,
      },
    };
  }
  if (reference.fail_if_not_exists === false) return {};
  throw unknownMessage();
}

/** A message that forwards another one: it has no content of its own. */
interface Forward extends Required<Extra> {
  readonly content: MessageContent;
}

/**
 * Returns the forward that a form asks for; undefined when it asks for none. Throws Discord's error for one with content of its
 * own, and for a message that the bot cannot read (documentation: resources/message, "Message Reference Types").
 */
export function createForward(
  world: World,
  { message_reference: reference, content, embeds, components, attachments }: MessageForm,
  uploads: number,
): Forward | undefined {
  if (reference?.type !== MessageReferenceType.Forward) return undefined;
  if (reference.channel_id === undefined)
    throw createFieldError(
      ['message_reference', 'channel_id'],
      'BASE_TYPE_REQUIRED',
      'This field is required',
    );
  if (content || uploads > 0 || [embeds, components, attachments].some((list) => list?.length)) {
    const message = 'A forward cannot have content of its own';
    throw createFieldError(['message_reference'], 'FORWARD_CONTAINS_UNSUPPORTED_CONTENT', message);
  }
  const source = requireChannel(world, reference.channel_id);
  requireHistory(source, 'referenceWithoutHistory');
  const forwarded = findMessage(world, source.channel.id, reference.message_id);
  if (!forwarded || forwarded.onlyFor !== null) throw unknownMessage();
  return {
    content: { ...EMPTY_CONTENT, flags: MessageFlags.HasSnapshot },
    extra: {
      message_reference: { ...createReference(source, forwarded), type: MessageReferenceType.Forward },
      message_snapshots: [createSnapshot(forwarded)],
    },
  };
}

/** Later edits do not change a snapshot. */
function createSnapshot({ message }: StoredMessage) {
  const { type, content, embeds, attachments, timestamp, edited_timestamp, flags = 0 } = message;
  const { mentions, mention_roles, components = [] } = message;
  const shown = { type, content, embeds, attachments, timestamp, edited_timestamp, flags };
  return { message: structuredClone({ ...shown, mentions, mention_roles, components }) };
}
