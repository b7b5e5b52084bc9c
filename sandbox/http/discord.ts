import { Hono } from 'hono';
import { GUILDS_PER_SHARD, IDENTIFIES_PER_DAY } from '../gateway/gateway.ts';
import type { Parts } from '../parts.ts';
import { refusal } from '../rules/errors.ts';
import { discordEdge, type Env } from './edge.ts';
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
  const application = () => ({
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: '',
    type: null,
    bot: world.bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    owner: [...world.guilds.values()][0]?.members[0]?.user ?? world.bot,
    team: null,
    summary: '',
    flags: 0,
    hook: true,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: [...world.guilds.values()].filter((guild) => guild.joined_at !== null).length,
    approximate_user_install_count: 0,
    integration_types_config: { 0: {}, 1: {} },
  });
  // One shard is enough up to 2,500 servers; beyond, Discord recommends about one for each thousand.
  const shards = () => (world.guilds.size <= GUILDS_PER_SHARD ? 1 : Math.ceil(world.guilds.size / 1000));
  const gatewayUrl = () => `ws://${host()}/gateway`;

  return new Hono<Env>()
    .use(discordEdge(parts))
    .get('/gateway', (context) => context.json({ url: gatewayUrl() }))
    .get('/gateway/bot', (context) =>
      context.json({
        url: gatewayUrl(),
        shards: shards(),
        session_start_limit: {
          total: IDENTIFIES_PER_DAY,
          remaining: gateway.identifiesLeft(),
          reset_after: 86_400_000,
          max_concurrency: 1,
        },
      }),
    )
    .get('/applications/@me', () => Response.json(application()))
    .get('/oauth2/applications/@me', () => Response.json(application()))
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
