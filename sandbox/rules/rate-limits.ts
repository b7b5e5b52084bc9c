import type { Counters } from '../counters.ts';

/** How many requests are allowed. All limits use real time, not the sandbox's clock. */
export interface Limits {
  /** Requests per second over all routes. Interaction callbacks and webhooks do not count. */
  global: number;
  /** Messages per channel in 5 seconds; edits and deletions each have the same limit. */
  channel: number;
  /** Requests with the same interaction or webhook token in 2 seconds. */
  webhook: number;
  /** Requests per second in every other bucket. */
  other: number;
  /** Publications per channel in an hour of the sandbox's clock. */
  publish: number;
  /** Direct messages with somebody new that are opened in 10 seconds of the sandbox's clock. */
  direct: number;
  /** Sessions that shards with the same remainder by `max_concurrency` start in 5 seconds. */
  identify: number;
}

/**
 * Discord's limits. Only the 50 requests per second are documented (topics/rate-limits, "Global Rate Limit"). The others
 * are what Discord's rate-limit headers say; bots must follow the headers. It states no number for direct messages: that one is
 * the sandbox's.
 */
export const DEFAULT_LIMITS: Limits = {
  global: 50,
  channel: 5,
  webhook: 5,
  other: 50,
  publish: 10,
  direct: 10,
  identify: 1,
};

/** A route of the API, as counters and rate limits tell routes apart. */
export interface Route {
  /** Method and path with `:id` in place of every id; counters use it. */
  readonly name: string;
  /** The name with the top-level id kept. Each has its own bucket (topics/rate-limits, "Rate Limits"). */
  readonly bucket: string;
  /** Which of the limits applies. */
  readonly family: 'channel' | 'webhook' | 'interaction' | 'other';
}

/** Returns the route of a request. `path` is what follows `/api/v10`. */
export function parseRoute(method: string, path: string): Route {
  const segments = path.split('/').slice(1);
  const resource = segments[0] ?? '';
  const hasToken = resource === 'webhooks' || resource === 'interactions';
  const generic = segments.map((segment, index) => {
    if (hasToken && index === 2) return ':token';
    if (segments[index - 1] === 'reactions') return ':emoji';
    return /^\d+$/.test(segment) ? ':id' : segment;
  });
  const topLevel = hasToken ? 3 : resource === 'channels' || resource === 'guilds' ? 2 : 0;
  const bucketPath = [...segments.slice(0, topLevel), ...generic.slice(topLevel)];
  return {
    name: `${method} /${generic.join('/')}`,
    bucket: `${method} /${bucketPath.join('/')}`,
    family: findFamily(method, segments),
  };
}

/** The routes whose requests are limited. */
type LimitedFamily = Exclude<Route['family'], 'interaction'>;

function findFamily(method: string, [resource, , subresource]: readonly string[]): Route['family'] {
  if (resource === 'interactions') return 'interaction';
  if (resource === 'webhooks') return 'webhook';
  return resource === 'channels' && subresource === 'messages' && method !== 'GET' ? 'channel' : 'other';
}

/** Whether a request may pass, and the rate-limit headers of its response. */
export interface RateLimitResult {
  readonly headers: Record<string, string>;
  /** Seconds to wait; undefined when the request may pass. */
  readonly retryAfter?: number;
  /** Whether the global limit refused the request. */
  readonly global: boolean;
}

/** A fixed time window that starts with its first request. Times in milliseconds. */
interface Window {
  used: number;
  endsAt: number;
}

/** Applies Discord's rate limits to requests. */
export interface RateLimiter {
  /** The limits in force; null switches them off. */
  limits: Limits | null;
  /** Counts a request that arrives, whether it passes or not. */
  recordArrival(route: Route): void;
  /** Counts a request against the limits, and returns whether it may pass. */
  acquire(route: Route): RateLimitResult;
}

/**
 * Creates a rate limiter with fixed windows. `nowMs` returns real time in milliseconds, and `getSkewSeconds` by how much the
 * clock that the headers are written by is ahead of it.
 */
export function createRateLimiter(
  counters: Counters,
  nowMs: () => number,
  getSkewSeconds: () => number = () => 0,
): RateLimiter {
  const windows = new Map<string, Window>();
  /** When the requests of the last second arrived. */
  const arrivals: number[] = [];

  function getWindow(key: string, lengthMs: number): Window {
    const now = nowMs();
    const open = windows.get(key);
    if (open && open.endsAt > now) return open;
    const window = { used: 0, endsAt: now + lengthMs };
    windows.set(key, window);
    return window;
  }

  function acquireGlobal(limit: number): RateLimitResult | undefined {
    const window = getWindow('global', 1000);
    window.used++;
    if (window.used <= limit) return undefined;
    return { headers: {}, retryAfter: (window.endsAt - nowMs()) / 1000, global: true };
  }

  function acquireBucket(route: Route, family: LimitedFamily, limit: number): RateLimitResult {
    const window = getWindow(route.bucket, WINDOW_SECONDS[family] * 1000);
    const secondsLeft = (window.endsAt - nowMs()) / 1000;
    const headers = {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - window.used - 1)),
      'X-RateLimit-Reset': (window.endsAt / 1000 + getSkewSeconds()).toFixed(3),
      'X-RateLimit-Reset-After': secondsLeft.toFixed(3),
      'X-RateLimit-Bucket': hashBucket(route.name),
    };
    if (window.used >= limit) return { headers, retryAfter: secondsLeft, global: false };
    window.used++;
    return { headers, global: false };
  }

  const limiter: RateLimiter = {
    limits: { ...DEFAULT_LIMITS },
    recordArrival(route) {
      if (!isOfBot(route)) return;
      arrivals.push(nowMs());
      while ((arrivals[0] ?? 0) <= nowMs() - 1000) arrivals.shift();
      counters.highestPerSecond = Math.max(counters.highestPerSecond, arrivals.length);
    },
    acquire(route) {
      // Callbacks are neither limited nor do they have the headers of a bucket.
      if (route.family === 'interaction') return { headers: {}, global: false };
      const limits = limiter.limits ?? NO_LIMITS;
      const refused = isExempt(route) ? undefined : acquireGlobal(limits.global);
      if (refused) return refused;
      return acquireBucket(route, route.family, limits[route.family]);
    },
  };
  return limiter;
}

/** The length of a bucket's window in seconds. */
const WINDOW_SECONDS: Readonly<Record<LimitedFamily, number>> = {
  channel: 5,
  webhook: 2,
  other: 1,
};

/** Used while the limits are off; the headers need a number. */
const NO_LIMITS: Limits = {
  global: Number.POSITIVE_INFINITY,
  channel: 1_000_000,
  webhook: 1_000_000,
  other: 1_000_000,
  publish: 1_000_000,
  direct: 1_000_000,
  identify: 1_000_000,
};

/** The global limit does not count interaction callbacks and webhooks. */
const isExempt = ({ family }: Route) => family === 'interaction' || family === 'webhook';

/** A request that needs no token counts for its address, not for the bot. Docs: "Rate Limits", global. */
const isOfBot = (route: Route) => !isExempt(route) && route.name !== 'GET /gateway';

/** Returns an opaque bucket name, the same for all top-level ids, as Discord's (FNV-1a hash). */
function hashBucket(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of name)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
