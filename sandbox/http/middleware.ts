import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { createDiscordError, DiscordError, findErrorMessage } from '../rules/errors.ts';
import type { Fault } from '../rules/faults.ts';
import { parseRoute } from '../rules/rate-limits.ts';
import type { Services } from '../services.ts';
import { isValidToken } from '../world/token.ts';

export type HonoEnv = { Bindings: HttpBindings };

/** Where Discord's HTTP API lives. */
export const API_PATH = '/api/v10';

/** A refusal as Discord words it, and as a script of ours reads it. */
export function createErrorResponse(error: unknown): Response {
  const known = error instanceof DiscordError ? error : undefined;
  if (!known) console.error('The sandbox itself failed, which is a bug of the sandbox:', error);
  const { status, body } = known ?? createDiscordError('serverError');
  return Response.json(body, { status });
}

/**
 * What happens to every request to the API before and after its route: faults that were asked for, the rate limits,
 * the bot's token.
 */
export function createApiMiddleware({
  world,
  rateLimits,
  faults,
  counters,
}: Services): MiddlewareHandler<HonoEnv> {
  return async (context, next) => {
    const { method } = context.req;
    const path = decodeURIComponent(context.req.path.slice(API_PATH.length));
    const route = parseRoute(method, path);
    counters.requests[route.name] = (counters.requests[route.name] ?? 0) + 1;
    rateLimits.recordArrival(route);

    const fault = faults.match(method, path);
    if (fault && !isAppliedAfter(fault)) {
      const done = await applyFault(context, fault);
      if (done) {
        context.res = done;
        return count(done);
      }
    }

    const verdict = rateLimits.acquire(route);
    const needsToken = route.family !== 'interaction' && route.family !== 'webhook' && path !== '/gateway';
    if (verdict.retryAfter !== undefined) {
      context.res = createRateLimitResponse(
        verdict.retryAfter,
        verdict.global ? 'global' : 'user',
        verdict.headers,
      );
    } else if (needsToken && !isValidToken(world, parseBotToken(context))) {
      context.res = createErrorResponse(createDiscordError('unauthorized'));
    } else {
      await next();
      for (const [name, value] of Object.entries(verdict.headers)) context.res.headers.set(name, value);
    }
    if (fault && isAppliedAfter(fault)) context.res = (await applyFault(context, fault)) ?? context.res;
    count(context.res);
  };

  function count(response: Response): void {
    const { status } = response;
    if (status === 429) counters.rateLimited++;
    const shared = response.headers.get('X-RateLimit-Scope') === 'shared';
    if (status === 401 || status === 403 || (status === 429 && !shared)) counters.invalid++;
  }
}

const parseBotToken = (context: Context<HonoEnv>) =>
  /^Bot (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';

const isAppliedAfter = (fault: Fault) => 'when' in fault && fault.when === 'after';

/** A 429 (documentation: topics/rate-limits, "Exceeding A Rate Limit"). `seconds` may have a fraction. */
function createRateLimitResponse(seconds: number, scope: string, headers: Record<string, string>): Response {
  const global = scope === 'global';
  const body = { message: 'You are being rate limited.', retry_after: Number(seconds.toFixed(3)), global };
  return Response.json(body, {
    status: 429,
    headers: {
      ...headers,
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': scope,
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  });
}

/** Does to a request what a rule says. Answers what the bot gets; nothing when the request goes on. */
async function applyFault(context: Context<HonoEnv>, fault: Fault): Promise<Response | undefined> {
  if ('rateLimit' in fault) {
    const headers = { 'X-RateLimit-Reset-After': fault.rateLimit.toFixed(3) };
    return createRateLimitResponse(fault.rateLimit, fault.scope, headers);
  }
  if ('status' in fault) {
    const { status, code = 0, message = findErrorMessage(status, code) } = fault;
    return Response.json({ message, code }, { status });
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
  // Nobody is there to read this.
  return new Response(null, { status: 500 });
}
