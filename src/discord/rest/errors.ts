import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import type { PauseReason } from '../../countdown/countdown.ts';
import type { Outcome } from '../../delivery/outcome.ts';

/** What the library throws, as a value. Anything else is a bug and goes on up. */
export function toOutcome(error: unknown): Exclude<Outcome, { kind: 'posted' }> {
  return classify(failureOf(error));
}

function failureOf(error: unknown) {
  if (error instanceof DiscordAPIError)
    return { status: error.status, code: error.code, message: error.message };
  if (error instanceof HTTPError) return { status: error.status, message: error.message };
  if (error instanceof RateLimitError) return { status: 429, message: error.message };
  if (error instanceof Error && isNetworkError(error)) return { message: error.message, ...codeOf(error) };
  throw error;
}

function codeOf(error: Error): { code?: string } {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return { code };
  return error.cause instanceof Error ? codeOf(error.cause) : {};
}

/** No answer came: the connection failed, was cut, or took too long. */
function isNetworkError(error: Error): boolean {
  return error.name === 'AbortError' || 'code' in error || error.cause instanceof Error;
}

/** How Discord answered, or that it did not. */
export interface Failure {
  /** The HTTP status; undefined where there was no answer. */
  status?: number;
  /** Discord's own error code. */
  code?: number | string;
  message: string;
}

/** Discord's error codes that end a countdown's posts until something changes. Docs: "Opcodes and Status Codes", JSON. */
const PAUSING: Readonly<Record<number, PauseReason>> = {
  10003: 'channel-gone',
  10004: 'guild-gone',
  50001: 'no-access',
  50007: 'direct-closed',
  50278: 'direct-closed',
  50013: 'no-permission',
  50083: 'thread-locked',
  160005: 'thread-locked',
  50035: 'bug',
  50006: 'bug',
};

/** Discord's error codes that pass by themselves: slow mode, write limits, overload. */
const LATER: ReadonlySet<number> = new Set([20016, 20022, 20028, 20029, 31002, 40062, 130000]);

/** The network's codes for a connection that never came about. */
const UNREACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The one table of errors: what is worth another try, what pauses the countdown, what stops the bot. */
export function classify({ status, code, message }: Failure): Exclude<Outcome, { kind: 'posted' }> {
  if (status === 401) return { kind: 'refused' };
  // A limit, and a connection that never came about: Discord has not taken the post.
  const notSent = status === 429 || (status === undefined && UNREACHED.has(String(code)));
  const later: Outcome = {
    kind: 'retry',
    why: `${status ?? 'no answer'} ${code ?? ''} ${message}`.trim(),
    ...(notSent && { notSent }),
  };
  if (typeof code === 'number' && LATER.has(code)) return later;
  const reason = typeof code === 'number' ? PAUSING[code] : undefined;
  if (reason) return { kind: 'paused', reason };
  if (status === 403) return { kind: 'paused', reason: 'no-access' };
  if (status === 404) return { kind: 'paused', reason: 'channel-gone' };
  if (status === 400) return { kind: 'paused', reason: 'bug' };
  // 429, 5xx, "try again later" codes, and no answer at all: the post may or may not have been made; the nonce tells.
  return later;
}
