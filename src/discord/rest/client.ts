import { DefaultRestOptions, type RateLimitData, REST, type RESTOptions } from '@discordjs/rest';
import type { Metrics } from '../../ops/metrics.ts';

/** Discord's HTTP API with the bot's token. */
export function createRestClient(
  { apiUrl, token }: { apiUrl: string; token: string },
  metrics: Pick<Metrics, 'rateLimited'>,
  options: Partial<RESTOptions> = {},
): REST {
  const rest = new REST({ ...options, api: apiUrl, version: '10' }).setToken(token);
  countRateLimits(rest, metrics);
  return rest;
}

/** Nothing here repeats a post by itself: who retries is the ledger. A long wait is the ledger's too. */
const POSTS = {
  retries: 0,
  timeout: 15_000,
  rejectOnRateLimit: ({ timeToReset }: RateLimitData) => timeToReset > 30_000,
};

/**
 * The way for posts. Refusals are counted where they are settled; a limit, which the client may wait out, only here:
 * `noteLimit` hears of it. What it sends again after that has its turn in the pace, as each post has had before.
 */
export function createPostsClient(
  access: { apiUrl: string; token: string },
  metrics: Pick<Metrics, 'rateLimited'>,
  pace: () => Promise<void>,
  noteLimit: () => void,
): REST {
  const rest = createRestClient(access, metrics, { ...POSTS, makeRequest: takingTurns(pace) });
  rest.on('response', (_, { status, headers }) => {
    const shared = headers.get('x-ratelimit-scope') === 'shared';
    if (status === 429 && !shared) noteLimit();
  });
  return rest;
}

/** Counts the limits that a client meets. It waits them out by itself, so nobody else hears of them. */
export function countRateLimits(rest: Pick<REST, 'on'>, metrics: Pick<Metrics, 'rateLimited'>): void {
  rest.on('response', (_, { status, headers }) => {
    if (status === 429) metrics.rateLimited(headers.get('x-ratelimit-scope'));
  });
}

/** A request that is sent again is told by its headers, which are one object as long as it is tried. */
function takingTurns(pace: () => Promise<void>): RESTOptions['makeRequest'] {
  const sent = new WeakSet<object>();
  return async (url, init) => {
    const request = init.headers as object;
    if (sent.has(request)) await pace();
    sent.add(request);
    return DefaultRestOptions.makeRequest(url, init);
  };
}
