import { MessageFlags } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { createDiscordError } from '../../rules/errors.ts';
import type { Services } from '../../services.ts';
import type { Interaction } from '../../world/interactions.ts';
import { deleteMessage, findMessage } from '../../world/messages.ts';
import type { StoredMessage } from '../../world/types.ts';
import { editInteractionMessage, sendFollowUp } from '../interaction-messages.ts';
import type { HonoEnv } from '../middleware.ts';
import { readBody } from '../request-body.ts';

/** `/webhooks/{application}/{token}`: what follows the first answer (documentation: interactions/receiving-and-responding, "Followup Messages"). */
export function createWebhookRoutes(services: Services): Hono<HonoEnv> {
  const { world, interactions } = services;

  function find(interaction: Interaction, id: string): StoredMessage {
    const wanted = id === '@original' ? interaction.original?.message.id : id;
    const stored = wanted === undefined ? undefined : findMessage(world, interaction.channel.id, wanted);
    const own = stored?.message.webhook_id === world.bot.id || stored === interaction.source;
    if (!stored || !own) throw createDiscordError('unknownMessage');
    return stored;
  }
  const isLoading = (stored: StoredMessage | null) =>
    ((stored?.message.flags ?? 0) & MessageFlags.Loading) !== 0;

  return new Hono<HonoEnv>()
    .post('/:app/:token', async (context) => {
      const interaction = interactions.requireByToken(context.req.param('app'), context.req.param('token'));
      const { json, uploads } = await readBody(context.req.raw);
      // The first follow-up to a deferred answer is that answer (as the documentation says, for old bots' sake).
      const stored =
        interaction.original && isLoading(interaction.original)
          ? editInteractionMessage(services, interaction, interaction.original, json, uploads)
          : sendFollowUp(services, interaction, json, uploads);
      interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .get('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      return context.json(find(interactions.requireByToken(app, token), message).message);
    })
    .patch('/:app/:token/messages/:message', async (context) => {
      const { app, token, message } = context.req.param();
      const interaction = interactions.requireByToken(app, token);
      const { json, uploads } = await readBody(context.req.raw);
      const stored = editInteractionMessage(services, interaction, find(interaction, message), json, uploads);
      if (stored === interaction.original) interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .delete('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      deleteMessage(world, find(interactions.requireByToken(app, token), message));
      return context.body(null, 204);
    });
}
