import type { Counters } from '../counters.ts';

/** How many requests the limits allow. All run on real time, whatever the sandbox's clock says. */
export interface Limits {
  /** Requests a second over all routes together; interaction answers and webhooks do not count. */
  global: number;
  /** Messages per channel in 5 seconds, and the same for edits and for deletions. */
  channel: number;
  /** Requests with one interaction's or webhook's token in 2 seconds. */
  webhook: number;
  /** Requests a second in every other bucket. */
  other: number;
}

/**
 * What Discord is known to allow. Only the 50 a second are documented (topics/rate-limits, "Global Rate Limit"); the
 * rest is what its headers have long said, and a bot must go by the headers.
 */
export const DEFAULT_LIMITS: Limits = { global: 50, channel: 5, webhook: 5, other: 50 };

/** A route with the ids of what it is about, as the limits see it. */
export interface Route {
  /** Method and path with `:id` for every id: what the counters count. */
  readonly name: string;
  /** The name with the top-level id left in: one bucket each (topics/rate-limits, "Rate Limits"). */
  readonly bucket: string;
  readonly family: 'channel' | 'webhook' | 'interaction' | 'other';
}

/** Which route a request takes. `path` is what follows `/api/v10`. */
export function parseRoute(method: string, path: string): Route {
  const parts = path.split('/').slice(1);
  const top = parts[0] ?? '';
  const ids = parts.map((part, index) => {
    const token = (top === 'webhooks' || top === 'interactions') && index === 2;
    return token ? ':token' : /^\d+$/.test(part) ? ':id' : part;
  });
  const majors =
    top === 'webhooks' || top === 'interactions' ? 3 : top === 'channels' || top === 'guilds' ? 2 : 0;
  const name = `${method} /${ids.join('/')}`;
  const bucket = `${method} /${[...parts.slice(0, majors), ...ids.slice(majors)].join('/')}`;
  const message = top === 'channels' && parts[2] === 'messages' && method !== 'GET';
  const family =
    top === 'interactions' ? 'interaction' : top === 'webhooks' ? 'webhook' : message ? 'channel' : 'other';
  return { name, bucket, family };
}

/** Whether a request may pass, and the headers that say how the bucket stands. */
export interface RateLimitResult {
  readonly headers: Record<string, string>;
  /** Seconds to wait; undefined when the request may pass. */
  readonly retryAfter?: number;
  readonly global: boolean;
}

interface Window {
  used: number;
  endsAt: number;
}

export interface RateLimiter {
  /** The limits in force; `null` switches all off. */
  limits: Limits | null;
  /** Counts a request that arrives, whatever becomes of it. */
  recordArrival(route: Route): void;
  /** Counts a request in that is worked on. */
  acquire(route: Route): RateLimitResult;
}

/** Fixed windows that begin with their first request. `nowMs` is real time. */
export function createRateLimiter(counters: Counters, nowMs: () => number): RateLimiter {
  const windows = new Map<string, Window>();
  /** When the requests of the last second came. */
  const arrivals: number[] = [];

  function windowOf(key: string, lengthMs: number): Window {
    const now = nowMs();
    const known = windows.get(key);
    if (known && known.endsAt > now) return known;
    const fresh = { used: 0, endsAt: now + lengthMs };
    windows.set(key, fresh);
    return fresh;
  }

  function globally(limit: number): RateLimitResult | undefined {
    const second = windowOf('global', 1000);
    second.used++;
    if (second.used <= limit) return undefined;
    return { headers: {}, retryAfter: (second.endsAt - nowMs()) / 1000, global: true };
  }

  const rules: RateLimiter = {
    limits: { ...DEFAULT_LIMITS },
    recordArrival(route) {
      if (isExempt(route)) return;
      arrivals.push(nowMs());
      while ((arrivals[0] ?? 0) <= nowMs() - 1000) arrivals.shift();
      counters.highestPerSecond = Math.max(counters.highestPerSecond, arrivals.length);
    },
    acquire(route) {
      const over = isExempt(route) ? undefined : globally(rules.limits?.global ?? Number.POSITIVE_INFINITY);
      if (over) return over;
      const seconds = route.family === 'channel' ? 5 : route.family === 'webhook' ? 2 : 1;
      const limit = rules.limits
        ? rules.limits[route.family === 'interaction' ? 'other' : route.family]
        : 1_000_000;
      const window = windowOf(route.bucket, seconds * 1000);
      const left = (window.endsAt - nowMs()) / 1000;
      const headers = {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - window.used - 1)),
        'X-RateLimit-Reset': (window.endsAt / 1000).toFixed(3),
        'X-RateLimit-Reset-After': left.toFixed(3),
        'X-RateLimit-Bucket': bucketHash(route.name),
      };
      if (window.used >= limit) return { headers, retryAfter: left, global: false };
      window.used++;
      return { headers, global: false };
    },
  };
  return rules;
}

/** Interaction answers and webhooks do not count towards the limit over all routes. */
const isExempt = ({ family }: Route) => family === 'interaction' || family === 'webhook';

/** Discord names buckets by an opaque hash that is the same for all top-level ids. */
function bucketHash(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of name)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
