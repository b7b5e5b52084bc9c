import type { Logger } from 'pino';
import { REAL_TIME, type RealTime } from '../../lib/real-time.ts';
import { StartError } from '../../lib/start-error.ts';

/** How a start waits for Discord. */
export interface RetryAtStartOptions {
  apiUrl: string;
  log: Logger;
  realTime?: Pick<RealTime, 'now' | 'sleep'> | undefined;
  /** Once it aborts, nothing is tried again. */
  signal?: AbortSignal;
  /** How long it waits, in milliseconds of real time. */
  waitMs?: number;
  /** The first delay between two attempts; it doubles. */
  firstDelayMs?: number;
}

/** As long as for a database server that does not answer yet. */
const WAIT_MS = 60_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 15_000;

/**
 * Runs a request of the start, and retries it with back-off while Discord does not answer, or something else answers. Rejects
 * with a `StartError`: at once if Discord refuses the token, otherwise when the wait is over.
 */
export async function retryAtStart<T>(work: () => Promise<T>, options: RetryAtStartOptions): Promise<T> {
  const { apiUrl, log, signal, waitMs = WAIT_MS, firstDelayMs = FIRST_DELAY_MS } = options;
  const { realTime = REAL_TIME } = options;
  const end = realTime.now() + waitMs;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, MAX_DELAY_MS)) {
    try {
      return await work();
    } catch (error) {
      const failure = startError(apiUrl, error);
      if (failure.kind === 'lasting' || realTime.now() + delayMs > end) throw failure;
      if (delayMs === firstDelayMs)
        log.warn({ reason: reasonOf(error) }, 'Discord unavailable at start, retrying');
      await realTime.sleep(delayMs, signal && { signal }).catch(() => {});
      if (signal?.aborted) throw failure;
    }
  }
}

/** Returns a sentence for the operator: why Discord rejected the start, and what to do. */
export function startError(apiUrl: string, error: unknown): StartError {
  const { code, status } = error as { code?: unknown; status?: unknown };
  if (code === 'TokenInvalid' || status === 401) {
    const sentence = 'Discord refuses the token. Put a valid DISCORD_TOKEN in place and start again.';
    return new StartError('lasting', sentence, { cause: error });
  }
  const sentence = `Discord cannot be reached at ${apiUrl} (${reasonOf(error)}). Check the address and the network, then start again.`;
  return new StartError('passing', sentence, { cause: error });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
