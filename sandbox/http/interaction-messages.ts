import { MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { optional } from '../rules/fields.ts';
import { parseForm } from '../rules/form.ts';
import { createMessageFormSchema, type MessageForm } from '../rules/message.ts';
import type { Services } from '../services.ts';
import {
  buildMessage,
  EMPTY_CONTENT,
  type MessageContent,
  type MessageTarget,
} from '../world/build-message.ts';
import type { Interaction } from '../world/interactions.ts';
import { createMessage, editMessage } from '../world/messages.ts';
import type { StoredMessage } from '../world/types.ts';
import { createInteractionFields } from './interaction-metadata.ts';
import type { RequestBody } from './request-body.ts';

type MessageServices = Pick<Services, 'world' | 'files' | 'host'>;

const deferredSchema = optional(z.object({ flags: optional(z.int()) }));

/** Sends the immediate reply to an interaction. */
export function sendReply(
  services: MessageServices,
  interaction: Interaction,
  { json, uploads }: RequestBody,
): StoredMessage {
  const form = makeEphemeralIfRequired(parseReplyForm(json), interaction);
  const target = createMessageTarget(services, interaction);
  const content = buildMessage(services, target, { form, uploads });
  return createInteractionMessage(services, interaction, { content, request: json });
}

/** Sends a further message below the reply. Whether it is ephemeral does not depend on the reply. */
export function sendFollowUp(
  services: MessageServices,
  interaction: Interaction,
  { json, uploads }: RequestBody,
): StoredMessage {
  const form = makeEphemeralIfRequired(parseForm(createMessageFormSchema(), json), interaction);
  const target = createMessageTarget(services, interaction);
  const content = buildMessage(services, target, { form, uploads });
  return createInteractionMessage(services, interaction, {
    content,
    request: json,
    replyTo: interaction.original,
  });
}

/** Sends the message of a deferred reply ("… is thinking"). Later edits cannot change whether it is ephemeral. */
export function sendLoadingMessage(
  services: MessageServices,
  interaction: Interaction,
  data: unknown,
): StoredMessage {
  const requested = parseForm(z.object({ data: deferredSchema }), { data }).data?.flags ?? 0;
  interaction.ephemeral = interaction.onlyEphemeral || (requested & MessageFlags.Ephemeral) !== 0;
  const flags = MessageFlags.Loading | (interaction.ephemeral ? MessageFlags.Ephemeral : 0);
  const content = { ...EMPTY_CONTENT, flags };
  return createInteractionMessage(services, interaction, { content, request: data });
}

/** Edits a message of an interaction: the reply, a follow-up, or the loading message, which becomes the reply. */
export function editInteractionMessage(
  services: MessageServices,
  interaction: Interaction,
  { stored, body }: { readonly stored: StoredMessage; readonly body: RequestBody },
): StoredMessage {
  const form = parseForm(createMessageFormSchema(stored.message.flags ?? 0), body.json);
  return applyEdit(services, interaction, { stored, form, body });
}

/** Edits the message whose component was used, as the response to the click. */
export function updateSourceMessage(
  services: MessageServices,
  interaction: Interaction,
  body: RequestBody,
): StoredMessage {
  const stored = interaction.source;
  if (!stored) throw new Error('Only a component has a message to update');
  const form = parseReplyForm(body.json, stored.message.flags ?? 0);
  return applyEdit(services, interaction, { stored, form, body });
}

interface FormEdit {
  readonly stored: StoredMessage;
  readonly form: MessageForm;
  readonly body: RequestBody;
}

function applyEdit(
  services: MessageServices,
  interaction: Interaction,
  { stored, form, body }: FormEdit,
): StoredMessage {
  const { message } = stored;
  const ephemeral = (message.flags ?? 0) & MessageFlags.Ephemeral;
  form.flags = (form.flags & ~(MessageFlags.Loading | MessageFlags.Ephemeral)) | ephemeral;
  const content = buildMessage(services, createMessageTarget(services, interaction), {
    form,
    uploads: body.uploads,
    before: message as MessageContent,
  });
  return editMessage(services.world, stored, { content, request: body.json });
}

/** Parses the data of a callback. Discord names the fields below "data" in its errors. */
function parseReplyForm(data: unknown, flagsBefore?: number): MessageForm {
  return parseForm(z.object({ data: createMessageFormSchema(flagsBefore) }), { data: data ?? {} }).data;
}

function makeEphemeralIfRequired(form: MessageForm, { onlyEphemeral }: Interaction): MessageForm {
  return onlyEphemeral ? { ...form, flags: form.flags | MessageFlags.Ephemeral } : form;
}

/** Replies do not need the bot's permissions in the channel. By default they ping only users. */
function createMessageTarget(services: MessageServices, interaction: Interaction): MessageTarget {
  return {
    channel: interaction.channel,
    guild: interaction.guild,
    permissions: interaction.permissions | PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles,
    defaultMentions: { parse: ['users'], users: [], roles: [], replied_user: true },
    filesUrl: `http://${services.host()}/attachments`,
  };
}

interface NewInteractionMessage {
  readonly content: MessageContent;
  /** The JSON that the bot sent. */
  readonly request: unknown;
  /** The message above a follow-up. */
  readonly replyTo?: StoredMessage | null;
}

function createInteractionMessage(
  services: MessageServices,
  interaction: Interaction,
  { content, request, replyTo = null }: NewInteractionMessage,
): StoredMessage {
  const { channel, user } = interaction;
  const onlyFor = content.flags & MessageFlags.Ephemeral ? user.id : null;
  const extra = createInteractionFields(services.world.bot.id, interaction, replyTo);
  return createMessage(services.world, { channel, request, onlyFor, extra }, content);
}
