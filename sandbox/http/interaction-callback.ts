import { InteractionResponseType as CallbackType, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import { choicesSchema } from '../rules/commands.ts';
import { modalSchema } from '../rules/components.ts';
import { createFieldError, createUnsupportedError, parseForm } from '../rules/form.ts';
import type { Services } from '../services.ts';
import type { Interaction } from '../world/interactions.ts';
import { sendLoadingMessage, sendReply, updateSourceMessage } from './interaction-messages.ts';
import type { RequestBody } from './request-body.ts';

const callbackSchema = z.object({ type: z.int(), data: z.unknown().optional() });
const autocompleteSchema = z.object({ choices: choicesSchema });

/**
 * Returns the types of callback that an interaction allows (documentation: interactions/receiving-and-responding,
 * "Interaction Callback Type").
 */
function allowedCallbackTypes(interaction: Interaction): readonly CallbackType[] {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return [CallbackType.ApplicationCommandAutocompleteResult];
  }
  const modal = interaction.type === InteractionType.ModalSubmit ? [] : [CallbackType.Modal];
  const updates = interaction.source ? [CallbackType.DeferredMessageUpdate, CallbackType.UpdateMessage] : [];
  return [
    CallbackType.ChannelMessageWithSource,
    CallbackType.DeferredChannelMessageWithSource,
    ...modal,
    ...updates,
  ];
}

/**
 * Carries out the first response to an interaction, over HTTP or as a request of the bot. Returns its type, or throws
 * Discord's error.
 */
export function handleCallback(
  services: Services,
  interaction: Interaction,
  body: RequestBody,
): CallbackType {
  const { type, data } = parseForm(callbackSchema, body.json);
  const allowed = allowedCallbackTypes(interaction);
  if (type === CallbackType.LaunchActivity) throw createUnsupportedError(['type'], 'activities');
  if (!allowed.includes(type)) {
    const message = `Value must be one of {${allowed.join(', ')}}.`;
    throw createFieldError(['type'], 'BASE_TYPE_CHOICES', message);
  }
  applyCallback(services, interaction, { type, data: { json: data, uploads: body.uploads } });
  interaction.answered = true;
  interaction.acknowledged.resolve();
  return type;
}

function applyCallback(
  services: Services,
  interaction: Interaction,
  { type, data }: { readonly type: CallbackType; readonly data: RequestBody },
): void {
  switch (type) {
    case CallbackType.ChannelMessageWithSource:
    case CallbackType.UpdateMessage: {
      const send = type === CallbackType.UpdateMessage ? updateSourceMessage : sendReply;
      const stored = send(services, interaction, data);
      interaction.original = stored;
      interaction.ephemeral = stored.onlyFor !== null;
      interaction.outcome.resolve({ kind: 'message', stored });
      return;
    }
    case CallbackType.DeferredChannelMessageWithSource:
      interaction.original = sendLoadingMessage(services, interaction, data.json);
      return;
    case CallbackType.DeferredMessageUpdate:
      interaction.original = interaction.source;
      interaction.ephemeral = interaction.source?.onlyFor != null;
      return;
    case CallbackType.ApplicationCommandAutocompleteResult:
      interaction.outcome.resolve({
        kind: 'choices',
        choices: parseForm(z.object({ data: autocompleteSchema }), { data: data.json }).data.choices,
      });
      return;
    case CallbackType.Modal:
      interaction.outcome.resolve({
        kind: 'modal',
        modal: parseForm(z.object({ data: modalSchema }), { data: data.json }).data,
      });
      return;
    default:
      throw new Error(`Unhandled callback type ${type}`);
  }
}
