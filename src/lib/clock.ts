/**
 * Time, handed in. Nothing else in the bot asks what time it is: the sandbox passes a clock that can be turned,
 * tests pass one that stands still, `main.ts` passes the real one.
 */
export interface Clock {
  /** The current instant. */
  now(): Temporal.Instant;
  /**
   * Resolves once `now()` has reached `instant`, or as soon as `signal` aborts: look at `now()` afterwards.
   * Never rejects. Safe for any distance in the future and across jumps of the machine's clock.
   */
  sleepUntil(instant: Temporal.Instant, signal?: AbortSignal): Promise<void>;
}

/**
 * A timer longer than this is cut and set anew. `setTimeout` fires at once beyond 2^31-1 ms (24.8 days), and a short
 * leg notices within a minute when the machine's clock was set or the machine had slept.
 */
const LONGEST_LEG_MS = 60_000;

/** The machine's clock, optionally set so that it starts at `startAt` and runs on from there. */
export function systemClock(startAt?: Temporal.Instant): Clock {
  const offset = startAt ? startAt.since(Temporal.Now.instant()) : undefined;
  const now = () => (offset ? Temporal.Now.instant().add(offset) : Temporal.Now.instant());

  return {
    now,
    async sleepUntil(instant, signal) {
      while (!signal?.aborted) {
        const left = instant.epochMilliseconds - now().epochMilliseconds;
        if (left <= 0) return;
        await leg(Math.min(left, LONGEST_LEG_MS), signal);
      }
    },
  };
}

function leg(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
