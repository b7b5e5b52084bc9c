import { InteractionResponseType as CallbackType, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import { choicesSchema } from '../rules/commands.ts';
import { modalSchema } from '../rules/components.ts';
import { createFieldError, parseForm } from '../rules/form.ts';
import type { Services } from '../services.ts';
import type { Interaction } from '../world/interactions.ts';
import { sendLoadingMessage, sendReply, updateSourceMessage } from './interaction-messages.ts';
import type { RequestBody } from './request-body.ts';

const callbackSchema = z.object({ type: z.int(), data: z.unknown().optional() });
const autocompleteSchema = z.object({ choices: choicesSchema });

/** Which answers an interaction may get (documentation: interactions/receiving-and-responding, "Interaction Callback Type"). */
function allowedCallbackTypes(interaction: Interaction): readonly CallbackType[] {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return [CallbackType.ApplicationCommandAutocompleteResult];
  }
  const modalAllowed = interaction.type === InteractionType.ModalSubmit ? [] : [CallbackType.Modal];
  const updates = interaction.source ? [CallbackType.DeferredMessageUpdate, CallbackType.UpdateMessage] : [];
  return [
    CallbackType.ChannelMessageWithSource,
    CallbackType.DeferredChannelMessageWithSource,
    ...modalAllowed,
    ...updates,
  ];
}

/** Takes the first answer to an interaction, whichever way it came, and does what it says; or throws Discord's refusal. */
export function handleCallback(
  services: Services,
  interaction: Interaction,
  body: RequestBody,
): CallbackType {
  const { type, data } = parseForm(callbackSchema, body.json);
  const kinds = allowedCallbackTypes(interaction);
  if (!kinds.includes(type)) {
    const message = `Value must be one of {${kinds.join(', ')}}.`;
    throw createFieldError(['type'], 'BASE_TYPE_CHOICES', message);
  }
  applyCallback(services, interaction, type, data, body.uploads);
  interaction.answered = true;
  interaction.acknowledged.resolve();
  return type;
}

function applyCallback(
  services: Services,
  interaction: Interaction,
  type: CallbackType,
  data: unknown,
  uploads: RequestBody['uploads'],
): void {
  switch (type) {
    case CallbackType.ChannelMessageWithSource:
    case CallbackType.UpdateMessage: {
      const show = type === CallbackType.UpdateMessage ? updateSourceMessage : sendReply;
      const stored = show(services, interaction, data, uploads);
      interaction.original = stored;
      interaction.ephemeral = stored.onlyFor !== null;
      interaction.outcome.resolve({ kind: 'message', stored });
      return;
    }
    case CallbackType.DeferredChannelMessageWithSource:
      interaction.original = sendLoadingMessage(services, interaction, data);
      return;
    case CallbackType.DeferredMessageUpdate:
      interaction.original = interaction.source;
      interaction.ephemeral = interaction.source?.onlyFor != null;
      return;
    case CallbackType.ApplicationCommandAutocompleteResult:
      interaction.outcome.resolve({
        kind: 'choices',
        choices: parseForm(z.object({ data: autocompleteSchema }), { data }).data.choices,
      });
      return;
    case CallbackType.Modal:
      interaction.outcome.resolve({
        kind: 'modal',
        modal: parseForm(z.object({ data: modalSchema }), { data }).data,
      });
      return;
    default:
      throw new Error(`Answer type ${type} got past the check`);
  }
}
