import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from './errors.ts';

/** The delay between two attempts, in milliseconds of real time. */
const RETRY_DELAY_MS = 5_000;

/**
 * Runs the work, and retries it while the store is unavailable: events that arrive once must not be lost. Rejects with any
 * other error, and with an `AbortError` once `signal` aborts.
 */
export async function retryWhileUnavailable(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await delay(RETRY_DELAY_MS, undefined, { signal });
    }
  }
}
