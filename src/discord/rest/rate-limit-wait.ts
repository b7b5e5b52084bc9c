import { z } from 'zod';

const limited = z.object({ retry_after: z.number() });

/**
 * Returns the wait that a 429 states, in milliseconds: the largest of the header, the body and the bucket. Undefined if it states
 * none, as a 429 of a proxy. Docs: "Rate Limits", exceeding a rate limit.
 */
export function readWait(headers: Pick<Headers, 'get'>, body: string): number | undefined {
  const seconds = [
    Number(headers.get('retry-after') ?? Number.NaN),
    Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN),
    waitInBody(body),
  ].filter((value) => Number.isFinite(value) && value > 0);
  return seconds.length > 0 ? Math.max(...seconds) * 1_000 : undefined;
}

function waitInBody(body: string): number {
  try {
    const parsed = limited.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.retry_after : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
