import type { IncomingMessage, ServerResponse } from 'node:http';
import { createCounters } from '../../sandbox/counters.ts';
import { createRateLimiter, parseRoute } from '../../sandbox/rules/rate-limits.ts';
import { botUser } from './guilds.ts';
import { APPLICATION, commandId, idWithin } from './ids.ts';

const API = '/api/v10';
/** One shard is enough up to 2,500 servers; beyond, Discord recommends about one for each thousand. */
const MOST_ON_ONE_SHARD = 2_500;
/** Discord lets small bots identify one shard every five seconds; here all at once, as nobody measures that wait. */
const MAX_CONCURRENCY = 16;

export interface HttpOptions {
  guilds: number;
  gatewayUrl: () => string;
  /** The first answer to an interaction has arrived whole. */
  answered: (token: string, body: string, at: number) => void;
}

/** What bots have asked for besides answering. */
export interface Traffic {
  /** When each message was posted into a channel, in milliseconds of this process. */
  posts: number[];
  /** Requests that were refused with 429. */
  limited: number;
}

/**
 * The few routes of Discord's HTTP API that a start, an answer and a post use, under the sandbox's rate limits. Whatever else
 * is asked for is refused with 404 and told on standard error, so that no bot is measured while it works around a Discord that
 * is not there.
 */
export function httpSide({ guilds, gatewayUrl, answered }: HttpOptions) {
  const commands = new Map<string, object[]>();
  const limits = createRateLimiter(createCounters(), () => performance.now());
  const traffic: Traffic = { posts: [], limited: 0 };

  function route(method: string, path: string, bot: string, body: string): unknown {
    const [, , channel = ''] = path.split('/');
    if (method === 'POST' && path === `/channels/${channel}/messages`) {
      traffic.posts.push(performance.now());
      const id = idWithin(channel, 1_000_000 + traffic.posts.length);
      return { ...(JSON.parse(body) as object), id, channel_id: channel, author: botUser };
    }
    if (path === '/gateway/bot') return gatewayBot();
    if (path.endsWith('/applications/@me')) return application();
    if (path !== `/applications/${APPLICATION}/commands`) return undefined;
    if (method === 'PUT') commands.set(bot, (JSON.parse(body) as Named[]).map(registered));
    if (method === 'POST') {
      const one = registered(JSON.parse(body) as Named);
      commands.set(bot, [...(commands.get(bot) ?? []), one]);
      return one;
    }
    return commands.get(bot) ?? [];
  }

  const gatewayBot = () => ({
    url: gatewayUrl(),
    shards: guilds <= MOST_ON_ONE_SHARD ? 1 : Math.ceil(guilds / 1000),
    session_start_limit: {
      total: 1000,
      remaining: 1000,
      reset_after: 86_400_000,
      max_concurrency: MAX_CONCURRENCY,
    },
  });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url = '' } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = performance.now();
      const body = Buffer.concat(chunks).toString();
      const path = url.slice(API.length).replace(/\?.*/, '');
      const [, interaction, , token = ''] = path.split('/');
      if (interaction === 'interactions') {
        response.writeHead(204, LIMIT_HEADERS).end();
        answered(token, body, at);
        return;
      }
      const { headers, retryAfter } = limits.acquire(parseRoute(method, path));
      const bot = (request.headers.authorization ?? '').replace(/^Bot /, '');
      const [status, json] =
        retryAfter === undefined ? served(route(method, path, bot, body)) : refused(retryAfter);
      if (status === 404) console.error(`The measuring Discord has no ${method} ${path}.`);
      response.writeHead(status, { ...headers, 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    });
  }

  function refused(retryAfter: number): [number, object] {
    traffic.limited += 1;
    return [429, { message: 'You are being rate limited.', retry_after: retryAfter, global: true }];
  }

  return { handle, traffic };
}

const served = (found: unknown): [number, unknown] =>
  found === undefined ? [404, { message: '404: Not Found', code: 0 }] : [200, found];

/** Discord tells how a bucket stands with every answer, and its clients go by it. These of an interaction never run out. */
const LIMIT_HEADERS = {
  'x-ratelimit-limit': '50',
  'x-ratelimit-remaining': '49',
  'x-ratelimit-reset-after': '1.000',
  'x-ratelimit-bucket': '0123456789abcdef',
};

interface Named {
  name: string;
}

const registered = (command: Named): object => ({
  ...command,
  id: commandId(command.name),
  application_id: APPLICATION,
  version: '1',
});

const application = () => ({
  id: APPLICATION,
  name: botUser.username,
  icon: null,
  description: '',
  bot: botUser,
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: 0,
});
