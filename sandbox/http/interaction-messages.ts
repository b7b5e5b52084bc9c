import { MessageFlags, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { optional } from '../rules/fields.ts';
import { parseForm } from '../rules/form.ts';
import { createMessageFormSchema, type MessageForm } from '../rules/message.ts';
import type { Services } from '../services.ts';
import { buildMessage, type MessageContent, type MessageTarget } from '../world/build-message.ts';
import type { Upload } from '../world/files.ts';
import type { Interaction } from '../world/interactions.ts';
import { createMessage, editMessage } from '../world/messages.ts';
import type { StoredMessage } from '../world/types.ts';

type MessageServices = Pick<Services, 'world' | 'files' | 'host'>;

const deferred = optional(z.object({ flags: optional(z.int()) }));

const EMPTY_CONTENT: MessageContent = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: 0 as MessageFlags,
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
};

/** An answer stands in the channel by Discord's leave, not by the bot's permissions, and pings only users by default. */
function createMessageTarget(services: MessageServices, interaction: Interaction): MessageTarget {
  return {
    channel: interaction.channel,
    guild: interaction.guild,
    permissions: interaction.permissions | PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles,
    defaultMentions: { parse: ['users'], users: [], roles: [], replied_user: true },
    filesUrl: `http://${services.host()}/attachments`,
  };
}

/** What an interaction's message carries beyond others. `reply` is the message a follow-up hangs under. */
function createInteractionFields(
  { world }: MessageServices,
  interaction: Interaction,
  reply: StoredMessage | null,
) {
  const about = { id: interaction.id, type: interaction.type, user: interaction.user };
  const isCommand = interaction.commandName !== null;
  const above = reply ?? (isCommand ? null : interaction.source);
  return {
    type: above ? MessageType.Reply : isCommand ? MessageType.ChatInputCommand : MessageType.Default,
    webhook_id: world.bot.id,
    application_id: world.bot.id,
    interaction_metadata: {
      ...about,
      authorizing_integration_owners: interaction.owners,
      ...(isCommand ? { name: interaction.commandName, command_type: 1 } : {}),
      ...(interaction.source ? { interacted_message_id: interaction.source.message.id } : {}),
    },
    ...(isCommand && !reply ? { interaction: { ...about, name: interaction.commandName } } : {}),
    ...(above
      ? { message_reference: { type: 0, channel_id: above.message.channel_id, message_id: above.message.id } }
      : {}),
  } as Partial<StoredMessage['message']>;
}

function createInteractionMessage(
  services: MessageServices,
  interaction: Interaction,
  composed: MessageContent,
  request: unknown,
  reply: StoredMessage | null,
): StoredMessage {
  const { channel, user } = interaction;
  const onlyFor = composed.flags & MessageFlags.Ephemeral ? user.id : null;
  const origin = { channel, request, onlyFor, extra: createInteractionFields(services, interaction, reply) };
  return createMessage(services.world, origin, composed);
}

function parseReplyForm(data: unknown, flagsBefore?: number): MessageForm {
  // Discord names the fields of an answer below "data".
  return parseForm(z.object({ data: createMessageFormSchema(flagsBefore) }), { data: data ?? {} }).data;
}

/** The message that answers an interaction at once. */
export function sendReply(
  services: MessageServices,
  interaction: Interaction,
  data: unknown,
  uploads: readonly Upload[],
): StoredMessage {
  const form = parseReplyForm(data);
  if (interaction.onlyEphemeral) form.flags |= MessageFlags.Ephemeral;
  const composed = buildMessage(
    services.world,
    services.files,
    createMessageTarget(services, interaction),
    form,
    uploads,
  );
  return createInteractionMessage(services, interaction, composed, data, null);
}

/** A further message under an answer. What is ephemeral stays its own choice. */
export function sendFollowUp(
  services: MessageServices,
  interaction: Interaction,
  json: unknown,
  uploads: readonly Upload[],
): StoredMessage {
  const form = parseForm(createMessageFormSchema(), json);
  if (interaction.onlyEphemeral) form.flags |= MessageFlags.Ephemeral;
  const composed = buildMessage(
    services.world,
    services.files,
    createMessageTarget(services, interaction),
    form,
    uploads,
  );
  return createInteractionMessage(services, interaction, composed, json, interaction.original);
}

/** "The bot is thinking…". Whether the answer is ephemeral is settled here, whatever the edit says later. */
export function sendLoadingMessage(
  services: MessageServices,
  interaction: Interaction,
  data: unknown,
): StoredMessage {
  const asked = parseForm(z.object({ data: deferred }), { data }).data?.flags ?? 0;
  interaction.ephemeral = interaction.onlyEphemeral || (asked & MessageFlags.Ephemeral) !== 0;
  const flags = MessageFlags.Loading | (interaction.ephemeral ? MessageFlags.Ephemeral : 0);
  return createInteractionMessage(services, interaction, { ...EMPTY_CONTENT, flags }, data, null);
}

/** Edits a message of an interaction: the answer, a follow-up, or the loading message, which is an answer then. */
export function editInteractionMessage(
  services: MessageServices,
  interaction: Interaction,
  stored: StoredMessage,
  json: unknown,
  uploads: readonly Upload[],
): StoredMessage {
  return editMessageOf(
    services,
    interaction,
    stored,
    parseForm(createMessageFormSchema(stored.message.flags ?? 0), json),
    json,
    uploads,
  );
}

/** Edits the message whose component was used, as an answer to the click. */
export function updateSourceMessage(
  services: MessageServices,
  interaction: Interaction,
  data: unknown,
  uploads: readonly Upload[],
): StoredMessage {
  const { source } = interaction;
  if (!source) throw new Error('Only a component has a message to update');
  return editMessageOf(
    services,
    interaction,
    source,
    parseReplyForm(data, source.message.flags ?? 0),
    data,
    uploads,
  );
}

function editMessageOf(
  services: MessageServices,
  interaction: Interaction,
  stored: StoredMessage,
  form: MessageForm,
  json: unknown,
  uploads: readonly Upload[],
): StoredMessage {
  const place = createMessageTarget(services, interaction);
  const { message } = stored;
  const kept = (message.flags ?? 0) & MessageFlags.Ephemeral;
  form.flags = (form.flags & ~(MessageFlags.Loading | MessageFlags.Ephemeral)) | kept;
  const composed = buildMessage(
    services.world,
    services.files,
    place,
    form,
    uploads,
    message as MessageContent,
  );
  return editMessage(services.world, stored, composed, json);
}
