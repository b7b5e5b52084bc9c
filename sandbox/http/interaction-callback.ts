import { InteractionResponseType as Answer, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import { choices } from '../rules/commands.ts';
import { modal } from '../rules/components.ts';
import { fieldRefusal, parseForm } from '../rules/form.ts';
import type { Parts } from '../services.ts';
import type { Interaction } from '../world/interactions.ts';
import { answer, editSource, openLoading } from './interaction-messages.ts';
import type { Body } from './request-body.ts';

const callback = z.object({ type: z.int(), data: z.unknown().optional() });
const autocomplete = z.object({ choices });

/** Which answers an interaction may get (documentation: interactions/receiving-and-responding, "Interaction Callback Type"). */
function allowed(interaction: Interaction): readonly Answer[] {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return [Answer.ApplicationCommandAutocompleteResult];
  }
  const modalAllowed = interaction.type === InteractionType.ModalSubmit ? [] : [Answer.Modal];
  const updates = interaction.source ? [Answer.DeferredMessageUpdate, Answer.UpdateMessage] : [];
  return [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    ...modalAllowed,
    ...updates,
  ];
}

/** Takes the first answer to an interaction, whichever way it came, and does what it says; or throws Discord's refusal. */
export function takeAnswer(parts: Parts, interaction: Interaction, body: Body): Answer {
  const { type, data } = parseForm(callback, body.json);
  const kinds = allowed(interaction);
  if (!kinds.includes(type)) {
    const message = `Value must be one of {${kinds.join(', ')}}.`;
    throw fieldRefusal(['type'], 'BASE_TYPE_CHOICES', message);
  }
  carryOut(parts, interaction, type, data, body.uploads);
  interaction.answered = true;
  interaction.acknowledged.resolve();
  return type;
}

function carryOut(
  parts: Parts,
  interaction: Interaction,
  type: Answer,
  data: unknown,
  uploads: Body['uploads'],
): void {
  switch (type) {
    case Answer.ChannelMessageWithSource:
    case Answer.UpdateMessage: {
      const show = type === Answer.UpdateMessage ? editSource : answer;
      const stored = show(parts, interaction, data, uploads);
      interaction.original = stored;
      interaction.ephemeral = stored.onlyFor !== null;
      interaction.outcome.resolve({ kind: 'message', stored });
      return;
    }
    case Answer.DeferredChannelMessageWithSource:
      interaction.original = openLoading(parts, interaction, data);
      return;
    case Answer.DeferredMessageUpdate:
      interaction.original = interaction.source;
      interaction.ephemeral = interaction.source?.onlyFor != null;
      return;
    case Answer.ApplicationCommandAutocompleteResult:
      interaction.outcome.resolve({
        kind: 'choices',
        choices: parseForm(z.object({ data: autocomplete }), { data }).data.choices,
      });
      return;
    case Answer.Modal:
      interaction.outcome.resolve({
        kind: 'modal',
        modal: parseForm(z.object({ data: modal }), { data }).data,
      });
      return;
    default:
      throw new Error(`Answer type ${type} got past the check`);
  }
}
