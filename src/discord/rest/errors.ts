import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { ZodError } from 'zod';
import type { ContentRefusal, PauseReason } from '../../countdown/countdown.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import { LongRateLimitError, RequestNotSentError, TokenRejectedError } from './request-guard.ts';

type Failure = Exclude<Outcome, { kind: 'posted' }>;

/**
 * Discord's error codes that speak of the channel, the server or the person: they end the posts there until something changes.
 * Docs: "Opcodes and Status Codes", JSON.
 */
const CHANNEL_VERDICTS: Readonly<Record<number, PauseReason>> = {
  10003: 'channel-gone',
  10004: 'guild-gone',
  50001: 'no-access',
  50007: 'direct-closed',
  50278: 'direct-closed',
  50013: 'no-permission',
  50083: 'thread-locked',
  160005: 'thread-locked',
};

/** Discord's error codes that speak of the content. They concern one post. Docs: "Opcodes and Status Codes", JSON. */
const CONTENT_VERDICTS: Readonly<Record<number, ContentRefusal>> = {
  20009: 'automod',
  40005: 'invalid',
  50006: 'invalid',
  50035: 'invalid',
  200000: 'automod',
  200001: 'automod',
  240000: 'link',
};

/** The network's codes for a connection that was never established. */
const UNREACHED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Returns what a failed request means. Only Discord's own JSON with a code that is a verdict ends anything; an HTML page of a
 * proxy, an unknown code, a limit or no answer at all is tried again. Throws what is not an error of a request: a bug.
 */
export function toOutcome(error: unknown): Failure {
  if (error instanceof TokenRejectedError) return { kind: 'refused' };
  if (error instanceof LongRateLimitError)
    return { kind: 'retry', why: error.message, notSent: true, waitMs: error.waitMs };
  if (error instanceof RequestNotSentError) return { kind: 'retry', why: error.message, notSent: true };
  if (error instanceof RateLimitError)
    return { kind: 'retry', why: `429 wait of ${waitOf(error)} ms`, notSent: true, waitMs: waitOf(error) };
  if (error instanceof DiscordAPIError) return verdictOf(error);
  if (error instanceof HTTPError) return { kind: 'retry', why: `${error.status} ${error.message}` };
  if (isUnreadable(error)) return { kind: 'retry', why: 'the answer was not in Discord’s form' };
  if (error instanceof Error && isNetworkError(error)) return networkFailure(error);
  throw error;
}

const waitOf = ({ retryAfter, timeToReset }: RateLimitError) => Math.max(0, retryAfter, timeToReset);

/** The code is not a number if the body was not Discord's JSON. */
function verdictOf({ code, status, message }: DiscordAPIError): Failure {
  const verdict = typeof code === 'number' && status < 500 ? code : -1;
  const reason = CHANNEL_VERDICTS[verdict];
  if (reason) return { kind: 'paused', reason };
  const content = CONTENT_VERDICTS[verdict];
  if (content) return { kind: 'rejected', reason: content, why: `${code} ${message}` };
  return {
    kind: 'retry',
    why: `${status} ${code ?? 'without a code'} ${message}`,
    ...(status === 429 && { notSent: true }),
  };
}

function networkFailure(error: Error): Failure {
  const code = codeOf(error);
  const why = `no answer ${code ?? ''} ${error.message}`;
  return { kind: 'retry', why, ...(UNREACHED.has(code) && { notSent: true }) };
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}

/** The answer was JSON that was cut short, or a page of a proxy with status 200: whether the request took effect is not known. */
const isUnreadable = (error: unknown) => error instanceof SyntaxError || error instanceof ZodError;

/** No answer came: the connection failed, was cut, or took too long. */
function isNetworkError(error: Error): boolean {
  return error.name === 'AbortError' || 'code' in error || error.cause instanceof Error;
}
