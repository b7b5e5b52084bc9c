import { Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { queryBoolean, snowflake } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import { findDirectChannel, getOrCreateDirectChannel } from '../../world/channels.ts';
import { findMemberById, isBotMember, removeBot } from '../../world/guilds.ts';
import { guildPermissions } from '../../world/permissions.ts';
import { compareIds } from '../../world/snowflake.ts';
import { approximateCounts, channelView } from '../../world/views.ts';
import type { World } from '../../world/world.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  after: snowflake.default('0'),
  with_counts: queryBoolean,
});

/** Returns the bot user with what only the bot itself may read. */
const ownUserView = ({ bot }: World) => ({
  ...bot,
  mfa_enabled: false,
  verified: true,
  email: null,
  locale: 'en-US',
});

/** `/users` (documentation: resources/user). */
export function createUserRoutes({ world, actionLimits }: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>()
    .get('/@me', () => Response.json(ownUserView(world)))
    .get('/@me/guilds', (context) => {
      const { limit, after, with_counts } = parseForm(pageSchema, context.req.query());
      const ownGuilds = [...world.guilds.values()].filter(
        (guild) => isBotMember(guild) && compareIds(guild.id, after) > 0,
      );
      return Response.json(
        ownGuilds.slice(0, limit).map((guild) => {
          const self = findMemberById(guild, world.bot.id);
          const permissions = String(self ? guildPermissions(guild, self) : 0n);
          return {
            id: guild.id,
            name: guild.name,
            icon: null,
            banner: null,
            owner: false,
            permissions,
            features: [],
            ...(with_counts && approximateCounts(guild)),
          };
        }),
      );
    })
    .delete('/@me/guilds/:guild', (context) => {
      removeBot(world, requireGuild(world, context.req.param('guild')));
      return context.body(null, 204);
    })
    .post('/@me/channels', async (context) => {
      const { recipient_id } = parseForm(
        z.object({ recipient_id: snowflake }),
        (await readRequest(context)).json,
      );
      const user = world.users.get(recipient_id);
      if (!user || user.bot) throw createDiscordError('invalidRecipient');
      const isNew = !findDirectChannel(world, recipient_id, false);
      if (isNew && actionLimits.acquire('direct', 'all') !== undefined)
        throw createDiscordError('directsTooFast');
      return context.json(channelView(getOrCreateDirectChannel(world, recipient_id, false)));
    })
    .get('/:user', (context) => {
      const user = world.users.get(context.req.param('user'));
      if (!user) throw createDiscordError('unknownUser');
      return Response.json(user);
    });
}
