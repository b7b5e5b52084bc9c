import { InteractionResponseType as CallbackType, MessageFlags } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { queryBoolean } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { handleCallback } from '../interaction-callback.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

const RETURNS_MESSAGE = [CallbackType.ChannelMessageWithSource, CallbackType.UpdateMessage];

const querySchema = z.object({ with_response: queryBoolean });

/** `/interactions/{id}/{token}/callback` (documentation: interactions/receiving-and-responding). */
export function createInteractionRoutes(services: Services): Hono<HonoEnv> {
  const { interactions } = services;
  return new Hono<HonoEnv>().post('/:id/:token/callback', async (context) => {
    const { id, token } = context.req.param();
    const { with_response } = parseForm(querySchema, context.req.query());
    interactions.requireUnanswered(id, token);
    const body = await readRequest(context);
    // Another response may have arrived while the body was read.
    const interaction = interactions.requireUnanswered(id, token);
    const type = handleCallback(services, interaction, body);

    if (!with_response) return context.body(null, 204);
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
      // Only the callbacks that create or change a message return it.
      ...(original && RETURNS_MESSAGE.includes(type) ? { resource: { type, message: original } } : {}),
    });
  });
}
