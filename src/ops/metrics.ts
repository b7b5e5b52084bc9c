/** What came of an interaction. `unavailable`: the store was out of reach, and the reader was told so. */
export const ANSWER_OUTCOMES = ['answered', 'choices', 'refused', 'unavailable', 'failed'] as const;
export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number];

/** What came of an attempt at a post; `skipped` are those that were given up, came too late, or were overtaken. */
export const POST_OUTCOMES = [
  'posted',
  'retry',
  'paused',
  'rejected',
  'unsure',
  'skipped',
  'refused',
] as const;
export type PostOutcome = (typeof POST_OUTCOMES)[number];

/**
 * What is counted for operators. Plain functions, called where things happen, so that nothing there knows how they are
 * counted. What is asked for instead of told, how many entries are due (`DueQueue.backlog(now)`) and when the queue was
 * last read (`Runner.lookedAt()`), `main.ts` hands to `Ops.watch` (`server.ts`, `checks.ts`).
 */
export interface Metrics {
  /**
   * An interaction was answered, or could not be: `path` is the command's (`ballerina/cast`), undefined where there is no
   * such command. `choices` is autocomplete, `refused` an option that the schemas refuse, `failed` a bug. Called in
   * `discord/interactions.ts`, once for each interaction, with the time from its arrival.
   */
  interactionAnswered(path: string | undefined, outcome: AnswerOutcome, took: { seconds: number }): void;
  /** An occurrence was tried or skipped. Called in `delivery/settle.ts` for each outcome, in `deliver.ts` for a skip. */
  postAttempted(outcome: PostOutcome): void;
  /** How long after its due instant a post was there. Called in `delivery/settle.ts` beside `post('posted')`. */
  postDelay(by: Temporal.Duration): void;
  /** An invalid request (401, 403, 429) of posts, which Discord counts too. Called by `delivery/invalid-requests.ts`. */
  invalidRequest(): void;
  /**
   * A 429. `scope` is Discord's header `x-ratelimit-scope`, as it came. Called in `discord/rest.ts` for each client, those of
   * posts and those of answers.
   */
  rateLimited(scope: string | null): void;
}

/** Nobody looks. */
export const noMetrics: Metrics = {
  interactionAnswered() {},
  postAttempted() {},
  postDelay() {},
  invalidRequest() {},
  rateLimited() {},
};
