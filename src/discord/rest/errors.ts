import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { classify, type Outcome } from '../../delivery/outcome.ts';

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
