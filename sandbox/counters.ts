/** What the server has counted since it started; tests judge a bot's manners by it. */
export interface Counters {
  /** Requests by method and route, ids replaced by `:id`. */
  readonly requests: Record<string, number>;
  /** The most requests that arrived in any one second of real time, interaction answers and webhooks not counted. */
  highestPerSecond: number;
  /** Answers with status 429. */
  rateLimited: number;
  /** Answers with 401, 403, or 429 that was not of scope "shared": 10,000 in ten minutes get a bot banned. */
  invalid: number;
  identifies: number;
  resumes: number;
}

/** Counters at zero. */
export const createCounters = (): Counters => ({
  requests: {},
  highestPerSecond: 0,
  rateLimited: 0,
  invalid: 0,
  identifies: 0,
  resumes: 0,
});
