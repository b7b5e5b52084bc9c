import { MessageFlags } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { refusal } from '../../rules/errors.ts';
import type { Parts } from '../../services.ts';
import type { Interaction } from '../../world/interactions.ts';
import { deleteMessage, messageIn } from '../../world/messages.ts';
import type { StoredMessage } from '../../world/types.ts';
import { editByToken, followUp } from '../interaction-messages.ts';
import type { Env } from '../middleware.ts';
import { readBody } from '../request-body.ts';

/** `/webhooks/{application}/{token}`: what follows the first answer (documentation: interactions/receiving-and-responding, "Followup Messages"). */
export function webhookRoutes(parts: Parts): Hono<Env> {
  const { world, interactions } = parts;

  function find(interaction: Interaction, id: string): StoredMessage {
    const wanted = id === '@original' ? interaction.original?.message.id : id;
    const stored = wanted === undefined ? undefined : messageIn(world, interaction.channel.id, wanted);
    const own = stored?.message.webhook_id === world.bot.id || stored === interaction.source;
    if (!stored || !own) throw refusal('unknownMessage');
    return stored;
  }
  const isLoading = (stored: StoredMessage | null) =>
    ((stored?.message.flags ?? 0) & MessageFlags.Loading) !== 0;

  return new Hono<Env>()
    .post('/:app/:token', async (context) => {
      const interaction = interactions.byToken(context.req.param('app'), context.req.param('token'));
      const { json, uploads } = await readBody(context.req.raw);
      // The first follow-up to a deferred answer is that answer (as the documentation says, for old bots' sake).
      const stored =
        interaction.original && isLoading(interaction.original)
          ? editByToken(parts, interaction, interaction.original, json, uploads)
          : followUp(parts, interaction, json, uploads);
      interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .get('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      return context.json(find(interactions.byToken(app, token), message).message);
    })
    .patch('/:app/:token/messages/:message', async (context) => {
      const { app, token, message } = context.req.param();
      const interaction = interactions.byToken(app, token);
      const { json, uploads } = await readBody(context.req.raw);
      const stored = editByToken(parts, interaction, find(interaction, message), json, uploads);
      if (stored === interaction.original) interaction.outcome.resolve({ kind: 'message', stored });
      return context.json(stored.message);
    })
    .delete('/:app/:token/messages/:message', (context) => {
      const { app, token, message } = context.req.param();
      deleteMessage(world, find(interactions.byToken(app, token), message));
      return context.body(null, 204);
    });
}
