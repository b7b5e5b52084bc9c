import { MessageFlags } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { createDiscordError } from '../../rules/errors.ts';
import type { Services } from '../../services.ts';
import type { Interaction } from '../../world/interactions.ts';
import { deleteMessage, findMessage } from '../../world/messages.ts';
import type { StoredMessage } from '../../world/types.ts';
import { editInteractionMessage, sendFollowUp } from '../interaction-messages.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

/**
 * `/webhooks/{application}/{token}`: edits of the reply, and follow-ups (documentation:
 * interactions/receiving-and-responding, "Followup Messages").
 */
export function createWebhookRoutes(services: Services): Hono<HonoEnv> {
  const { world, interactions } = services;

  function requireMessage(interaction: Interaction, id: string): StoredMessage {
    const messageId = id === '@original' ? interaction.original?.message.id : id;
    const stored =
      messageId === undefined ? undefined : findMessage(world, interaction.channel.id, messageId);
    const isOwn = stored?.message.webhook_id === world.bot.id || stored === interaction.source;
    if (!stored || !isOwn) throw createDiscordError('unknownMessage');
    return stored;
  }
  const isLoading = ({ message }: StoredMessage) => ((message.flags ?? 0) & MessageFlags.Loading) !== 0;

  return new Hono<HonoEnv>()
    .post('/:app/:token', async (context) => {
      const interaction = interactions.requireByToken(context.req.param('app'), context.req.param('token'));
      const body = await readRequest(context);
      // After a deferred reply, the first follow-up is the reply (as documented, for compatibility).
      const stored =
        interaction.original && isLoading(interaction.original)
          ? editInteractionMessage(services, interaction, { stored: interaction.original, body })
          : sendFollowUp(services, interaction, body);
      interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .get('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      return context.json(requireMessage(interactions.requireByToken(app, token), message).message);
    })
    .patch('/:app/:token/messages/:message', async (context) => {
      const { app, token, message } = context.req.param();
      const interaction = interactions.requireByToken(app, token);
      const body = await readRequest(context);
      const stored = requireMessage(interaction, message);
      editInteractionMessage(services, interaction, { stored, body });
      if (stored === interaction.original) interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .delete('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      deleteMessage(world, requireMessage(interactions.requireByToken(app, token), message));
      return context.body(null, 204);
    });
}
