import { Hono } from 'hono';
import { refusal } from '../../rules/errors.ts';
import type { Parts } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import { memberOf } from '../../world/guilds.ts';
import { channelView, guildView } from '../../world/views.ts';
import type { Env } from '../middleware.ts';
import { scheduledEventRoutes } from './scheduled-events.ts';

/** `/guilds/{id}` (documentation: resources/guild). */
export function guildRoutes(parts: Parts): Hono<Env> {
  const { world } = parts;
  return new Hono<Env>()
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
      const member = memberOf(requireGuild(world, context.req.param('guild')), context.req.param('user'));
      if (!member) throw refusal('unknownMember');
      return Response.json(member);
    })
    .route('/:guild/scheduled-events', scheduledEventRoutes(parts));
}
