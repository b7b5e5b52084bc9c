import { REST, type RESTOptions } from '@discordjs/rest';
import type { Metrics } from '../../ops/metrics.ts';
import { LongRateLimitError, type MakeRequest } from './request-guard.ts';

/** How Discord is reached. */
export interface RestAccess {
  apiUrl: string;
  token: string;
  /** The guard that all clients share. */
  makeRequest: MakeRequest;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/** A client of commands waits this long for a rate limit. A longer wait is a failure: somebody waits for the answer. */
const MAX_WAIT_MS = 60_000;

/** The wait for rate limits of clients that are not for posts: a `Retry-After` of hours rejects. */
export const SHORT_WAITS: Pick<RESTOptions, 'rejectOnRateLimit'> = {
  rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > MAX_WAIT_MS,
};

/** Creates a client of Discord's HTTP API with the bot's token. It lives until the bot stops. */
export function createRestClient(
  { apiUrl, token, makeRequest, signal }: RestAccess,
  metrics: Pick<Metrics, 'rateLimited'>,
  options: Partial<RESTOptions> = SHORT_WAITS,
): REST {
  const rest = new REST({ makeRequest, ...options, api: apiUrl, version: '10' }).setToken(token);
  countRateLimits(rest, metrics);
  // Its timers would keep everything that it refers to in memory for hours.
  const stop = () => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  };
  signal.addEventListener('abort', stop, { once: true });
  return rest;
}

/** Nothing here repeats a failed post or waits for a limit: the ledger decides on both. */
const POSTS: Partial<RESTOptions> = { retries: 0, timeout: 15_000, rejectOnRateLimit: () => true };

/** A longer wait is kept by the ledger alone: the library would remember it by a clock of its own. */
const MAX_REMEMBERED_MS = 30_000;

/** Creates the client for posts. */
export function createPostsClient(access: RestAccess, metrics: Pick<Metrics, 'rateLimited'>): REST {
  const makeRequest: MakeRequest = async (url, init) => {
    const response = await access.makeRequest(url, init);
    const { status, headers } = response;
    const waitMs = Number(headers.get('retry-after')) * 1_000;
    if (status !== 429 || headers.has('x-ratelimit-global') || waitMs <= MAX_REMEMBERED_MS) return response;
    metrics.rateLimited(headers.get('x-ratelimit-scope'));
    throw new LongRateLimitError(waitMs);
  };
  return createRestClient({ ...access, makeRequest }, metrics, POSTS);
}

/** A failed request is not repeated, as it may have taken effect. A short limit is waited out: nothing was done then. */
const WRITES: Partial<RESTOptions> = {
  retries: 0,
  timeout: 15_000,
  rejectOnRateLimit: ({ timeToReset }) => timeToReset > 30_000,
};

/**
 * Creates the client for writes that are not in the ledger: publishing, scheduled events, tests and direct messages. A request that
 * is repeated after a 429 acquires a rate-limit slot, as each did before.
 */
export function createWritesClient(
  access: RestAccess,
  metrics: Pick<Metrics, 'rateLimited'>,
  acquireSlot: () => Promise<void>,
): REST {
  const makeRequest = pacingRepeats(access.makeRequest, acquireSlot);
  return createRestClient({ ...access, makeRequest }, metrics, WRITES);
}

/** Counts the 429s of a client, which mostly waits them out by itself. */
export function countRateLimits(rest: Pick<REST, 'on'>, metrics: Pick<Metrics, 'rateLimited'>): void {
  rest.on('response', (_, { status, headers }) => {
    if (status === 429) metrics.rateLimited(headers.get('x-ratelimit-scope'));
  });
}

/** The routes of answers, which Discord's limit for all requests leaves out. Docs: "Rate Limits", global. */
const ANSWER = /\/(?:interactions|webhooks)\/\d+\//;

/**
 * Returns a function that sends requests and acquires a rate-limit slot for each that is repeated, as each did before. A repeated
 * request is recognised by its headers, which are one object for all of its tries. Answers do not wait.
 */
export function pacingRepeats(makeRequest: MakeRequest, acquireSlot: () => Promise<void>): MakeRequest {
  const sent = new WeakSet<object>();
  return async (url, init) => {
    const request = init.headers as object;
    if (sent.has(request) && !ANSWER.test(url)) await acquireSlot();
    sent.add(request);
    return makeRequest(url, init);
  };
}
