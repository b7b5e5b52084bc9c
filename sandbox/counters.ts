/** What the sandbox has counted since it started. Tests use it to check how a bot behaves. */
export interface Counters {
  /** Requests by method and route, ids replaced by `:id`. */
  readonly requests: Record<string, number>;
  /** The most requests in any second of real time, without interaction callbacks, webhooks and `GET /gateway`. */
  highestPerSecond: number;
  /** Responses with status 429. */
  rateLimited: number;
  /** Responses with 401, 403, or 429 except of scope "shared". Discord bans a bot after 10,000 in ten minutes. */
  invalid: number;
  /** Gateway sessions that were started. */
  identifies: number;
  /** Gateway sessions that were resumed. */
  resumes: number;
}

/** Creates counters at zero. */
export const createCounters = (): Counters => ({
  requests: {},
  highestPerSecond: 0,
  rateLimited: 0,
  invalid: 0,
  identifies: 0,
  resumes: 0,
});
