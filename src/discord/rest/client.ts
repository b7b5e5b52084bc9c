import { type RateLimitData, REST, type RESTOptions } from '@discordjs/rest';
import type { Metrics } from '../../ops/metrics.ts';
import type { MakeRequest } from './request-guard.ts';

/** How Discord is reached. */
export interface RestAccess {
  apiUrl: string;
  token: string;
  /** The guard that all clients share. */
  makeRequest: MakeRequest;
}

/** Creates a client of Discord's HTTP API with the bot's token. */
export function createRestClient(
  { apiUrl, token, makeRequest }: RestAccess,
  metrics: Pick<Metrics, 'rateLimited'>,
  options: Partial<RESTOptions> = {},
): REST {
  const rest = new REST({ makeRequest, ...options, api: apiUrl, version: '10' }).setToken(token);
  countRateLimits(rest, metrics);
  return rest;
}

/** Nothing here repeats a failed post: the ledger decides on retries, and on long waits. */
const POSTS = {
  retries: 0,
  timeout: 15_000,
  rejectOnRateLimit: ({ timeToReset }: RateLimitData) => timeToReset > 30_000,
};

/** Creates the client for posts. A request that is repeated after a 429 acquires a rate-limit slot, as each post did before. */
export function createPostsClient(
  access: RestAccess,
  metrics: Pick<Metrics, 'rateLimited'>,
  acquireSlot: () => Promise<void>,
): REST {
  const makeRequest = pacingRepeats(access.makeRequest, acquireSlot);
  return createRestClient({ ...access, makeRequest }, metrics, POSTS);
}

/** Counts the 429s of a client, which mostly waits them out by itself. */
export function countRateLimits(rest: Pick<REST, 'on'>, metrics: Pick<Metrics, 'rateLimited'>): void {
  rest.on('response', (_, { status, headers }) => {
    if (status === 429) metrics.rateLimited(headers.get('x-ratelimit-scope'));
  });
}

/** A repeated request is recognised by its headers, which are one object for all of its tries. */
function pacingRepeats(makeRequest: MakeRequest, acquireSlot: () => Promise<void>): MakeRequest {
  const sent = new WeakSet<object>();
  return async (url, init) => {
    const request = init.headers as object;
    if (sent.has(request)) await acquireSlot();
    sent.add(request);
    return makeRequest(url, init);
  };
}
