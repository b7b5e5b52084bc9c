import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { Counters } from '../counters.ts';
import { createDiscordError, DiscordError } from '../rules/errors.ts';
import { parseRoute, type RateLimitResult, type Route } from '../rules/rate-limits.ts';
import type { Services } from '../services.ts';
import { isValidToken } from '../world/token.ts';
import type { World } from '../world/world.ts';
import { applyFaultAfter, applyFaultBefore } from './apply-fault.ts';
import { createRateLimitResponse } from './rate-limit-response.ts';

/** What Hono's contexts carry: the request and response of Node, the route, and the JSON of the request once it is read. */
export type HonoEnv = { Bindings: HttpBindings; Variables: { route: Route; json: unknown } };

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
    context.set('route', route);
    counters.requests[route.name] = (counters.requests[route.name] ?? 0) + 1;
    rateLimits.recordArrival(route);

    const fault = faults.match(method, path);
    const failure = await applyFaultBefore(context.env, fault);
    if (failure) {
      context.res = failure;
      faults.noteResponse(method, path, failure.status);
      return countResponse(counters, failure);
    }

    const result = rateLimits.acquire(route);
    const refusal = refuse(result, needsToken(route, path) && !hasValidToken(context, world));
    if (refusal) context.res = refusal;
    else {
      await next();
      for (const [name, value] of Object.entries(result.headers)) context.res.headers.set(name, value);
    }
    const laterFailure = await applyFaultAfter(context.env, fault, context.res);
    if (laterFailure) {
      // Hono would add the headers of the response that this one replaces.
      context.res = undefined;
      context.res = laterFailure;
    }
    faults.noteResponse(method, path, context.res.status);
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
