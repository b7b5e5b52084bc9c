import { type Context, Hono } from 'hono';
import { GUILDS_PER_SHARD, IDENTIFIES_PER_DAY } from '../gateway/limits.ts';
import { createDiscordError } from '../rules/errors.ts';
import type { Services } from '../services.ts';
import { createIgnoredFieldsMiddleware } from './ignored-fields.ts';
import { createApiMiddleware, type HonoEnv } from './middleware.ts';
import { applicationView, createApplicationRoutes } from './routes/application.ts';
import { createChannelRoutes } from './routes/channels.ts';
import { createCommandRoutes } from './routes/commands.ts';
import { createGuildRoutes } from './routes/guilds.ts';
import { createInteractionRoutes } from './routes/interactions.ts';
import { createMessageRoutes } from './routes/messages.ts';
import { createPinRoutes } from './routes/pins.ts';
import { createUserRoutes } from './routes/users.ts';
import { createWebhookRoutes } from './routes/webhooks.ts';

/** Creates Discord's HTTP API, version 10. */
export function createDiscordApi(services: Services): Hono<HonoEnv> {
  const { world, gateway, host } = services;
  // Up to 2,500 servers need one shard. Beyond that, Discord recommends about one for each thousand.
  const recommendedShards = () =>
    world.guilds.size <= GUILDS_PER_SHARD ? 1 : Math.ceil(world.guilds.size / 1000);
  const gatewayUrl = () => `ws://${host()}/gateway`;

  // Some paths that the sandbox lacks look like others that it has.
  const lacking = (context: Context<HonoEnv>): never => {
    services.notices.lacks(context.get('route').name);
    throw createDiscordError('notFound');
  };

  return new Hono<HonoEnv>()
    .use(createApiMiddleware(services))
    .use(createIgnoredFieldsMiddleware(services.notices))
    .get('/gateway', (context) => context.json({ url: gatewayUrl() }))
    .get('/gateway/bot', (context) =>
      context.json({
        url: gatewayUrl(),
        shards: world.settings.shards ?? recommendedShards(),
        session_start_limit: {
          total: IDENTIFIES_PER_DAY,
          remaining: gateway.remainingIdentifies(),
          reset_after: 86_400_000,
          max_concurrency: world.settings.maxConcurrency,
        },
      }),
    )
    .all('/channels/:channel/messages/pins', lacking)
    .route('/channels/:channel/messages/pins', createPinRoutes(services))
    .all('/guilds/:guild/members/search', lacking)
    .route('/applications/@me', createApplicationRoutes(services))
    .get('/oauth2/applications/@me', () => Response.json(applicationView(world)))
    .route('/applications', createCommandRoutes(services))
    .route('/users', createUserRoutes(services))
    .route('/channels/:channel/messages', createMessageRoutes(services))
    .route('/channels', createChannelRoutes(services))
    .route('/guilds', createGuildRoutes(services))
    .route('/interactions', createInteractionRoutes(services))
    .route('/webhooks', createWebhookRoutes(services))
    .all('*', lacking);
}
