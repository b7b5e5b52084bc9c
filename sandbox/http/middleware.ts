import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { Counters } from '../counters.ts';
import { createDiscordError, DiscordError, findErrorMessage, VIA } from '../rules/errors.ts';
import type { Fault } from '../rules/faults.ts';
import { parseRoute, type RateLimitResult, type Route } from '../rules/rate-limits.ts';
import type { Services } from '../services.ts';
import { isValidToken } from '../world/token.ts';
import type { World } from '../world/world.ts';

/** What Hono's contexts carry: the request and response of Node. */
export type HonoEnv = { Bindings: HttpBindings };

/** The path of Discord's HTTP API. Other versions are served under it as well: `resolveApiVersion`. */
export const API_PATH = '/api/v10';

/** Returns the response for an error. Any but a DiscordError is a bug of the sandbox: it is logged, and sent as a 500. */
export function createErrorResponse(error: unknown): Response {
  const known = error instanceof DiscordError ? error : undefined;
  if (!known) console.error('Bug in the sandbox:', error);
  const { status, body, headers } = known ?? createDiscordError('serverError');
  return Response.json(body, { status, headers });
}

/** Creates the middleware of the API. It applies faults and rate limits, checks the token, and counts requests. */
export function createApiMiddleware(services: Services): MiddlewareHandler<HonoEnv> {
  const { world, rateLimits, faults, counters } = services;
  return async (context, next) => {
    const { method } = context.req;
    const path = decodeURIComponent(context.req.path.slice(API_PATH.length));
    const route = parseRoute(method, path);
    counters.requests[route.name] = (counters.requests[route.name] ?? 0) + 1;
    rateLimits.recordArrival(route);

    const fault = faults.match(method, path);
    const failure = await applyFaultAt('before', context, fault);
    if (failure) {
      context.res = failure;
      return countResponse(counters, failure);
    }

    const result = rateLimits.acquire(route);
    const refusal = refuse(result, needsToken(route, path) && !hasValidToken(context, world));
    if (refusal) context.res = refusal;
    else {
      await next();
      for (const [name, value] of Object.entries(result.headers)) context.res.headers.set(name, value);
    }
    const laterFailure = await applyFaultAt('after', context, fault);
    if (laterFailure) context.res = laterFailure;
    countResponse(counters, context.res);
  };
}

/** Returns the response for a request that the rate limits or a missing token refuse. */
function refuse({ retryAfter, global, headers }: RateLimitResult, isUnauthorized: boolean) {
  if (retryAfter !== undefined) {
    return createRateLimitResponse(retryAfter, global ? 'global' : 'user', headers);
  }
  return isUnauthorized ? createErrorResponse(createDiscordError('unauthorized')) : undefined;
}

/** Interactions and webhooks have a token in the path. */
const needsToken = ({ family }: Route, path: string) =>
  family !== 'interaction' && family !== 'webhook' && path !== '/gateway';

function hasValidToken(context: Context<HonoEnv>, world: World): boolean {
  const token = /^Bot (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
  return isValidToken(world, token);
}

function countResponse(counters: Counters, { status, headers }: Response): void {
  if (status === 429) counters.rateLimited++;
  const isShared = headers.get('X-RateLimit-Scope') === 'shared';
  if (status === 401 || status === 403 || (status === 429 && !isShared)) counters.invalid++;
}

/** Applies a fault if it is due before, or after, the request takes effect. */
async function applyFaultAt(
  when: 'before' | 'after',
  context: Context<HonoEnv>,
  fault: Fault | undefined,
): Promise<Response | undefined> {
  if (!fault) return undefined;
  const due = 'when' in fault ? fault.when : 'before';
  return due === when ? applyFault(context, fault) : undefined;
}

/** Creates an error page, as a proxy in front of Discord answers. */
function createHtmlResponse(status: number, message: string): Response {
  const page = `<!DOCTYPE html><title>${message}</title><h1>${message}</h1>`;
  return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
}

/** Creates a 429 (documentation: topics/rate-limits, "Exceeding A Rate Limit"). `seconds` may have a fraction. */
function createRateLimitResponse(seconds: number, scope: string, headers: Record<string, string>): Response {
  const global = scope === 'global';
  const body = { message: 'You are being rate limited.', retry_after: Number(seconds.toFixed(3)), global };
  return Response.json(body, {
    status: 429,
    headers: {
      ...headers,
      ...VIA,
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': scope,
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  });
}

/** Applies a fault to a request. Returns the response, or undefined when the request continues. */
async function applyFault(context: Context<HonoEnv>, fault: Fault): Promise<Response | undefined> {
  if ('rateLimit' in fault) {
    const { rateLimit, header = rateLimit, bucket = rateLimit, scope } = fault;
    const headers = { 'X-RateLimit-Reset-After': bucket.toFixed(3) };
    const response = createRateLimitResponse(rateLimit, scope, headers);
    response.headers.set('Retry-After', String(Math.ceil(header)));
    return response;
  }
  if ('status' in fault) {
    const { status, code = 0, message = findErrorMessage(status, code ?? 0) } = fault;
    if (fault.html) return createHtmlResponse(status, message);
    if (fault.empty) return new Response(null, { status });
    if (fault.cut)
      return new Response('{"message":', { status, headers: { 'Content-Type': 'application/json' } });
    return Response.json({ message, ...(code !== null && { code }) }, { status });
  }
  const { socket } = context.env.incoming;
  if ('reset' in fault) socket.resetAndDestroy();
  else {
    await new Promise<void>((resolve) => {
      socket.once('close', resolve);
      if (fault.hang !== true) setTimeout(resolve, fault.hang * 1000);
    });
    if (!socket.destroyed) return undefined;
  }
  // The connection is closed: nobody reads this response.
  return new Response(null, { status: 500 });
}
