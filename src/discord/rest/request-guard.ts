import { DefaultRestOptions, type RESTOptions, type ResponseLike } from '@discordjs/rest';
import type { InvalidRequestBudget } from '../../delivery/invalid-request-budget.ts';
import type { Clock } from '../../lib/clock.ts';
import { REAL_TIME } from '../../lib/real-time.ts';
import { readWait } from './rate-limit-wait.ts';

/** Sends one HTTP request of discord.js's REST client. */
export type MakeRequest = RESTOptions['makeRequest'];

/** Discord confirmed that it does not accept the bot's token. */
export class TokenRejectedError extends Error {
  override name = 'TokenRejectedError';
  readonly status = 401;
}

/** Discord has not accepted the request, so it may be retried later. */
export class RequestNotSentError extends Error {
  override name = 'RequestNotSentError';
}

/** Discord refuses the request for a long time. */
export class LongRateLimitError extends RequestNotSentError {
  override name = 'LongRateLimitError';
  readonly waitMs: number;
  constructor(waitMs: number) {
    super(`429 wait of ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

/** Sends the requests of all clients of this process, and stops them after a rejected token. */
export interface RequestGuard {
  makeRequest: MakeRequest;
  invalidRequests: InvalidRequestBudget;
  /** Sets what is called once when Discord rejects the token; before that, only the requests fail. */
  onTokenRejected(listener: () => void): void;
}

/** What the guard works with. */
export interface RequestGuardOptions {
  apiUrl: string;
  invalidRequests: InvalidRequestBudget;
  clock: Pick<Clock, 'now'>;
  /** Called for each answer with the time at which Discord sent it; undefined if its `Date` header does not say. */
  onAnswer?: (sentAt: Temporal.Instant | undefined) => void;
  /** Returns the milliseconds of a clock that nobody sets. */
  monotonic?: () => number;
  /** Sends a request; the library's own function unless a test replaces it. */
  send?: MakeRequest;
}

/** A request is sent at most this often if Discord answers 429. */
const MAX_TRIES = 4;
/** The first wait after a 429 that states none; it doubles with each try. */
const UNSTATED_WAIT_MS = 5_000;
/** A longer wait is not believed: no limit of Discord's is longer, and the post would be useless by then. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1_000;
/** Discord accepts the first response to an interaction for 3 s, and later ones for 15 min. */
const CALLBACK_DEADLINE_MS = 3_000;
const INTERACTION_DEADLINE_MS = 15 * 60 * 1_000;

/**
 * Creates the guard that all clients of the process share. It counts invalid requests (401, 403, 429) and sends none once the
 * budget is spent; bounds the repetition of 429s, also if they state no wait; and confirms a 401 with one request before the
 * token counts as rejected. The library itself forgets its token at any 401 and repeats a 429 without end.
 */
export function createRequestGuard(options: RequestGuardOptions): RequestGuard {
  const { invalidRequests, clock, onAnswer = () => {}, send = DefaultRestOptions.makeRequest } = options;
  const limits = createTryCounter();
  const token = createTokenCheck(options, send);

  return {
    invalidRequests,
    onTokenRejected: token.onRejected,
    async makeRequest(url, init) {
      if (token.isRejected()) throw new TokenRejectedError('Discord rejects the token');
      const held = invalidRequests.heldUntil(clock.now());
      if (held) throw new RequestNotSentError(`too many invalid requests, none is sent until ${held}`);
      const response = await readWhole(await send(url, init));
      onAnswer(sentAt(response));
      if (isInvalid(response)) invalidRequests.note(clock.now());
      if (response.status === 401 && authorizationOf(init)) return token.confirm(init);
      return response.status === 429 ? limits.toBoundedWait(url, init, response) : response;
    },
  };
}

/** The statuses whose responses have no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Reads the body: the library's time limit ends with the request, and a body may stall after its headers. */
async function readWhole(response: ResponseLike): Promise<ResponseLike> {
  const { status, statusText } = response;
  const body = await response.arrayBuffer();
  const headers = new Headers([...response.headers.entries()]);
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers });
}

function sentAt({ headers }: ResponseLike): Temporal.Instant | undefined {
  const ms = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : Temporal.Instant.fromEpochMilliseconds(ms);
}

/** Discord does not count a 429 with the scope "shared": docs "Rate Limits", invalid request limit. */
function isInvalid({ status, headers }: ResponseLike): boolean {
  return (
    status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared')
  );
}

const authorizationOf = ({ headers }: Parameters<MakeRequest>[1]) =>
  (headers as Record<string, string> | undefined)?.['Authorization'];

/** Counts how often a request was answered 429. The library repeats a request with the same headers object. */
function createTryCounter() {
  const tries = new WeakMap<object, number>();
  return {
    /** Returns the 429 with its wait stated in all headers. Throws if the request may not be repeated. */
    async toBoundedWait(
      url: string,
      { headers: request }: Parameters<MakeRequest>[1],
      response: ResponseLike,
    ): Promise<ResponseLike> {
      const key = request as object;
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      const body = await response.text();
      const stated = readWait(response.headers, body) ?? UNSTATED_WAIT_MS * 2 ** (count - 1);
      const waitMs = Math.min(stated, MAX_WAIT_MS);
      if (count >= MAX_TRIES) throw new RequestNotSentError(`rate limited (429) ${count} times`);
      if (waitMs > deadlineOf(url)) throw new RequestNotSentError('rate limited (429) beyond the deadline');
      const headers = new Headers([...response.headers.entries()]);
      const seconds = String(waitMs / 1_000);
      headers.set('Retry-After', seconds);
      headers.set('X-RateLimit-Reset-After', seconds);
      headers.set('X-RateLimit-Remaining', '0');
      headers.delete('content-encoding');
      headers.delete('content-length');
      return new Response(body, { status: 429, statusText: response.statusText, headers });
    },
  };
}

/** How long a request may wait: the response to an interaction has a deadline. */
function deadlineOf(url: string): number {
  const { pathname } = new URL(url);
  if (/\/interactions\/\d+\/[^/]+\/callback$/.test(pathname)) return CALLBACK_DEADLINE_MS;
  if (/\/webhooks\/\d+\/[^/]+/.test(pathname)) return INTERACTION_DEADLINE_MS;
  return Number.POSITIVE_INFINITY;
}

const STRAY_401 = '401, though Discord accepts the token';
/** For so long an accepted token counts as accepted, in milliseconds of real time: many stray 401s must not double the requests. */
const ACCEPTED_FOR_MS = 1_000;

/** Confirms a 401 with one request for the bot's own user, however many requests were answered 401 meanwhile. */
function createTokenCheck(
  { apiUrl, invalidRequests, clock, monotonic = REAL_TIME.now }: RequestGuardOptions,
  send: MakeRequest,
) {
  let rejected = false;
  let listener = () => {};
  let check: Promise<boolean> | undefined;
  let acceptedAt = Number.NEGATIVE_INFINITY;

  async function isTokenRejected(authorization: string): Promise<boolean> {
    const headers = { Authorization: authorization };
    const response = await send(`${apiUrl}/v10/users/@me`, { method: 'GET', headers });
    await response.text();
    if (isInvalid(response)) invalidRequests.note(clock.now());
    if (response.ok) acceptedAt = monotonic();
    return response.status === 401;
  }

  return {
    isRejected: () => rejected,
    onRejected(called: () => void) {
      listener = called;
      if (rejected) called();
    },
    /** Throws: that the token is rejected, or that this 401 was a stray one. */
    async confirm(init: Parameters<MakeRequest>[1]): Promise<never> {
      const isJustAccepted = monotonic() - acceptedAt < ACCEPTED_FOR_MS;
      if (!rejected && isJustAccepted) throw new RequestNotSentError(STRAY_401);
      check ??= isTokenRejected(authorizationOf(init) ?? '').finally(() => {
        check = undefined;
      });
      const isRejected = await check.catch(() => false);
      if (!isRejected) throw new RequestNotSentError(STRAY_401);
      if (!rejected) {
        rejected = true;
        listener();
      }
      throw new TokenRejectedError('Discord rejects the token');
    },
  };
}
