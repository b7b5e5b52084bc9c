import { VIA } from '../rules/errors.ts';

/** Creates a 429 (documentation: topics/rate-limits, "Exceeding A Rate Limit"). `seconds` may have a fraction. */
export function createRateLimitResponse(
  seconds: number,
  scope: string,
  headers: Record<string, string>,
): Response {
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
