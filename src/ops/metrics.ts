/**
 * The outcomes of an interaction. `choices`: autocomplete. `refused`: an option did not match its schema. `unavailable`: the store
 * did not answer. `failed`: a bug.
 */
export const ANSWER_OUTCOMES = ['answered', 'choices', 'refused', 'unavailable', 'failed'] as const;
/** The outcome of an interaction. */
export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number];

/** The outcomes of an attempt to post. `skipped`: given up, too late, or replaced by a later milestone. */
export const POST_OUTCOMES = [
  'posted',
  'retry',
  'paused',
  'rejected',
  'unsure',
  'skipped',
  'refused',
] as const;
/** The outcome of an attempt to post. */
export type PostOutcome = (typeof POST_OUTCOMES)[number];

/**
 * The events that are counted for operators. Callers know nothing of Prometheus. Values that are read on request, such as the
 * backlog, are given to `OpsServer.watch` instead.
 */
export interface Metrics {
  /**
   * Counts an interaction, with the time from its arrival to its answer. `path` is the command's, such as `ballerina/cast`;
   * undefined if there is no such command.
   */
  interactionAnswered(path: string | undefined, outcome: AnswerOutcome, took: { seconds: number }): void;
  /** Counts an attempt to post, or a skipped post. */
  postAttempted(outcome: PostOutcome): void;
  /** Records how long after its due instant a post was made. */
  postDelay(by: Temporal.Duration): void;
  /** Counts an invalid request (401, 403, 429), as Discord does for its bans. */
  invalidRequest(): void;
  /**
   * Counts a 429 of any client. `scope` is the value of Discord's header `x-ratelimit-scope`.
   */
  rateLimited(scope: string | null): void;
}

/** No-op metrics. */
export const noMetrics: Metrics = {
  interactionAnswered() {},
  postAttempted() {},
  postDelay() {},
  invalidRequest() {},
  rateLimited() {},
};
