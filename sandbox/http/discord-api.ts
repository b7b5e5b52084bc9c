import { Hono } from 'hono';
import { GUILDS_PER_SHARD, IDENTIFIES_PER_DAY } from '../gateway/gateway.ts';
import { refusal } from '../rules/errors.ts';
import type { Parts } from '../services.ts';
import { discordEdge, type Env } from './middleware.ts';
import { applicationRoutes, applicationView } from './routes/application.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** Discord's HTTP API, version 10. */
export function discordApi(parts: Parts): Hono<Env> {
  const { world, gateway, host } = parts;
  // One shard is enough up to 2,500 servers; beyond, Discord recommends about one for each thousand.
  const advised = () => (world.guilds.size <= GUILDS_PER_SHARD ? 1 : Math.ceil(world.guilds.size / 1000));
  const gatewayUrl = () => `ws://${host()}/gateway`;

  return new Hono<Env>()
    .use(discordEdge(parts))
    .get('/gateway', (context) => context.json({ url: gatewayUrl() }))
    .get('/gateway/bot', (context) =>
      context.json({
        url: gatewayUrl(),
        shards: world.settings.shards ?? advised(),
        session_start_limit: {
          total: IDENTIFIES_PER_DAY,
          remaining: gateway.identifiesLeft(),
          reset_after: 86_400_000,
          max_concurrency: world.settings.maxConcurrency,
        },
      }),
    )
    .route('/applications/@me', applicationRoutes(parts))
    .get('/oauth2/applications/@me', () => Response.json(applicationView(world)))
    .route('/applications', commandRoutes(parts))
    .route('/users', userRoutes(parts))
    .route('/channels/:channel/messages', messageRoutes(parts))
    .route('/channels', channelRoutes(parts))
    .route('/guilds', guildRoutes(parts))
    .route('/interactions', interactionRoutes(parts))
    .route('/webhooks', webhookRoutes(parts))
    .all('*', () => {
      throw refusal('notFound');
    });
}
