import { Hono } from 'hono';
import { createDiscordError } from '../../rules/errors.ts';
import type { Services } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import { findMemberById } from '../../world/guilds.ts';
import { channelView, guildView } from '../../world/views.ts';
import type { HonoEnv } from '../middleware.ts';
import { createScheduledEventRoutes } from './scheduled-events.ts';

/** `/guilds/{id}` (documentation: resources/guild). */
export function createGuildRoutes(services: Services): Hono<HonoEnv> {
  const { world } = services;
  return new Hono<HonoEnv>()
    .get('/:guild', (context) => {
      const guild = requireGuild(world, context.req.param('guild'));
      const counts = { approximate_member_count: guild.members.length, approximate_presence_count: 1 };
      return context.json({
        ...guildView(guild),
        ...(context.req.query('with_counts') === 'true' ? counts : {}),
      });
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
