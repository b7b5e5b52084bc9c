import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from './errors.ts';

/** A store that does not answer is asked again after this time. */
const STORE_AGAIN_MS = 5_000;

/** What is told but once is not lost to an outage of the store, which runs on real time. */
export async function retryWhileUnavailable(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await delay(STORE_AGAIN_MS, undefined, { signal });
    }
  }
}
