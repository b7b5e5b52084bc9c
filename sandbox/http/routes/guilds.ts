import { Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { queryBoolean } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import { findMemberById } from '../../world/guilds.ts';
import { approximateCounts, channelView, guildView } from '../../world/views.ts';
import type { HonoEnv } from '../middleware.ts';
import { createScheduledEventRoutes } from './scheduled-events.ts';

const countsSchema = z.object({ with_counts: queryBoolean });

/** `/guilds/{id}` (documentation: resources/guild). */
export function createGuildRoutes(services: Services): Hono<HonoEnv> {
  const { world } = services;
  return new Hono<HonoEnv>()
    .get('/:guild', (context) => {
      const guild = requireGuild(world, context.req.param('guild'));
      const { with_counts } = parseForm(countsSchema, context.req.query());
      return context.json({ ...guildView(guild), ...(with_counts && approximateCounts(guild)) });
    })
    .get('/:guild/channels', (context) =>
      context.json(
        requireGuild(world, context.req.param('guild'))
          .channels.filter(({ thread }) => !thread)
          .map(channelView),
      ),
    )
    .get('/:guild/roles', (context) => Response.json(requireGuild(world, context.req.param('guild')).roles))
    .get('/:guild/members/:user', (context) => {
      const member = findMemberById(
        requireGuild(world, context.req.param('guild')),
        context.req.param('user'),
      );
      if (!member) throw createDiscordError('unknownMember');
      return Response.json(member);
    })
    .route('/:guild/scheduled-events', createScheduledEventRoutes(services));
}
