import { type APIMessage, ApplicationCommandType, InteractionType, MessageType } from 'discord-api-types/v10';
import type { Interaction } from '../world/interactions.ts';
import { createReference } from '../world/messages.ts';
import type { StoredMessage } from '../world/types.ts';

/**
 * Returns the fields that only messages of interactions have. `replyTo` is the message above a follow-up; null for the first
 * reply.
 */
export function createInteractionFields(
  botId: string,
  interaction: Interaction,
  replyTo: StoredMessage | null,
): Partial<APIMessage> {
  const { id, type, user, command, source, original } = interaction;
  const referenced = replyTo ?? (command ? null : source);
  const isMenu = command !== null && command.type !== ApplicationCommandType.ChatInput;
  const commandType = isMenu ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
  const replyType = command ? commandType : MessageType.Default;
  return {
    type: referenced ? MessageType.Reply : replyType,
    webhook_id: botId,
    application_id: botId,
    interaction_metadata: {
      ...createMetadata(interaction),
      ...(replyTo && original ? { original_response_message_id: original.message.id } : {}),
    },
    ...(command && !replyTo ? { interaction: { id, type, user, name: command.name } } : {}),
    ...(referenced ? { message_reference: createReference(interaction, referenced) } : {}),
  } as Partial<APIMessage>;
}

/** Returns what a reply says of its interaction (documentation: resources/message, "Message Interaction Metadata Object"). */
function createMetadata({ id, type, user, owners, command, source, trigger }: Interaction): object {
  const isComponent = type === InteractionType.MessageComponent;
  return {
    id,
    type,
    user,
    authorizing_integration_owners: owners,
    ...(command ? { name: command.name, command_type: command.type } : {}),
    ...(command?.target && 'user' in command.target ? { target_user: command.target.user } : {}),
    ...(command?.target && 'messageId' in command.target
      ? { target_message_id: command.target.messageId }
      : {}),
    ...(isComponent && source ? { interacted_message_id: source.message.id } : {}),
    ...(trigger ? { triggering_interaction_metadata: createMetadata(trigger) } : {}),
  };
}
