import type { IncomingMessage, ServerResponse } from 'node:http';
import { createCounters } from '../../sandbox/counters.ts';
import { createRateLimiter, parseRoute } from '../../sandbox/rules/rate-limits.ts';
import { botUser } from './guilds.ts';
import { APPLICATION, commandId, idWithin } from './ids.ts';

const API = '/api/v10';
/** One shard is enough for 2,500 servers; above, Discord recommends about one for each thousand. */
const MAX_GUILDS_PER_SHARD = 2_500;
/** Discord lets small bots identify one shard every five seconds. Here all may at once, as that wait is not measured. */
const MAX_CONCURRENCY = 16;

/** What the HTTP API needs. */
export interface HttpOptions {
  guilds: number;
  gatewayUrl: () => string;
  /** Called when the initial response to an interaction has arrived. */
  onAnswer: (token: string, body: string, at: number) => void;
}

/** What bots have requested besides answers. */
export interface Traffic {
  /** When each message was posted, in milliseconds of this process. */
  posts: number[];
  /** Requests that were refused with 429. */
  limited: number;
}

/**
 * Creates the routes of Discord's HTTP API that a start, an answer and a post use, under the sandbox's rate limits. Other
 * requests get 404 and a line on standard error, so that a bot that needs more is noticed.
 */
export function createHttpApi({ guilds, gatewayUrl, onAnswer }: HttpOptions) {
  const commands = new Map<string, object[]>();
  const limits = createRateLimiter(createCounters(), () => performance.now());
  const traffic: Traffic = { posts: [], limited: 0 };

  function route(method: string, path: string, bot: string, body: string): unknown {
    const [, , channel = ''] = path.split('/');
    if (method === 'POST' && path === `/channels/${channel}/messages`) {
      traffic.posts.push(performance.now());
      const id = idWithin(channel, 1_000_000 + traffic.posts.length);
      return { ...(JSON.parse(jsonPart(body)) as object), id, channel_id: channel, author: botUser };
    }
    if (path.startsWith('/gateway')) return gatewayBot();
    if (path.endsWith('/applications/@me')) return application();
    if (path !== `/applications/${APPLICATION}/commands`) return undefined;
    if (method === 'PUT') commands.set(bot, (JSON.parse(body) as NamedCommand[]).map(toRegistered));
    if (method === 'POST') {
      const command = toRegistered(JSON.parse(body) as NamedCommand);
      commands.set(bot, [...(commands.get(bot) ?? []), command]);
      return command;
    }
    return commands.get(bot) ?? [];
  }

  const gatewayBot = () => ({
    url: gatewayUrl(),
    shards: guilds <= MAX_GUILDS_PER_SHARD ? 1 : Math.ceil(guilds / 1000),
    session_start_limit: {
      total: 1000,
      remaining: 1000,
      reset_after: 86_400_000,
      max_concurrency: MAX_CONCURRENCY,
    },
  });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url = '' } = request;
    // It keeps no clock of its own: bots start at the instant of the stored countdowns.
    response.sendDate = false;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = performance.now();
      const body = Buffer.concat(chunks).toString();
      const path = url.slice(API.length).replace(/\?.*/, '');
      const [, interaction, , token = ''] = path.split('/');
      if (interaction === 'interactions') {
        response.writeHead(204, LIMIT_HEADERS).end();
        onAnswer(token, body, at);
        return;
      }
      const { headers, retryAfter } = limits.acquire(parseRoute(method, path));
      const bot = (request.headers.authorization ?? '').replace(/^Bot /, '');
      const [status, json] =
        retryAfter === undefined ? toResponse(route(method, path, bot, body)) : rateLimited(retryAfter);
      if (status === 404) console.error(`The measuring Discord has no ${method} ${path}.`);
      response.writeHead(status, { ...headers, 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    });
  }

  function rateLimited(retryAfter: number): [number, object] {
    traffic.limited += 1;
    return [429, { message: 'You are being rate limited.', retry_after: retryAfter, global: true }];
  }

  return { handle, traffic };
}

/** Returns the JSON of a body: all of it, or the first part of a multipart one, whose picture is of no interest here. */
const jsonPart = (body: string) =>
  body.startsWith('--') ? (body.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '') : body;

const toResponse = (found: unknown): [number, unknown] =>
  found === undefined ? [404, { message: '404: Not Found', code: 0 }] : [200, found];

/** Discord's clients follow the rate-limit headers of each response. This bucket of interactions never runs out. */
const LIMIT_HEADERS = {
  'x-ratelimit-limit': '50',
  'x-ratelimit-remaining': '49',
  'x-ratelimit-reset-after': '1.000',
  'x-ratelimit-bucket': '0123456789abcdef',
};

interface NamedCommand {
  name: string;
}

const toRegistered = (command: NamedCommand): object => ({
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
