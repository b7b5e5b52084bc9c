import { InteractionResponseType as Answer, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Interaction } from '../../interactions.ts';
import type { Parts } from '../../parts.ts';
import { choices } from '../../rules/commands.ts';
import { modal } from '../../rules/components.ts';
import { fieldRefusal, parseForm } from '../../rules/form.ts';
import { readBody } from '../body.ts';
import type { Env } from '../edge.ts';
import { answer, editSource, openLoading } from '../interaction-messages.ts';

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

/** `/interactions/{id}/{token}/callback` (documentation: interactions/receiving-and-responding). */
export function interactionRoutes(parts: Parts): Hono<Env> {
  const { interactions } = parts;
  return new Hono<Env>().post('/:id/:token/callback', async (context) => {
    const { id, token } = context.req.param();
    const interaction = interactions.toAnswer(id, token);
    const body = await readBody(context.req.raw);
    const { type, data } = parseForm(callback, body.json);
    const kinds = allowed(interaction);
    if (!kinds.includes(type)) {
      const message = `Value must be one of {${kinds.join(', ')}}.`;
      throw fieldRefusal(['type'], 'BASE_TYPE_CHOICES', message);
    }
    // A second answer may have come in while this body was read.
    interactions.toAnswer(id, token);
    respond(interaction, type, data, body.uploads);
    interaction.answered = true;
    interaction.acknowledged.resolve();

    if (context.req.query('with_response') !== 'true') return context.body(null, 204);
    const original = interaction.original?.message;
    return context.json({
      interaction: {
        id,
        type: interaction.type,
        channel_id: interaction.channel.id,
        ...(interaction.guild ? { guild_id: interaction.guild.id } : {}),
        ...(original
          ? {
              response_message_id: original.id,
              response_message_loading: ((original.flags ?? 0) & MessageFlags.Loading) !== 0,
              response_message_ephemeral: interaction.ephemeral,
            }
          : {}),
      },
      resource: { type, ...(original ? { message: original } : {}) },
    });
  });

  function respond(
    interaction: Interaction,
    type: Answer,
    data: unknown,
    uploads: Parameters<typeof answer>[3],
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
}
