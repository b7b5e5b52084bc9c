/**
 * The current time, injected. Nothing else in the bot reads the time: the sandbox passes a clock that can be moved, tests pass a
 * fixed one, `main.ts` passes the real one.
 */
export interface Clock {
  /** The current instant. */
  now(): Temporal.Instant;
  /**
   * Resolves once `now()` has reached `instant`, or as soon as `signal` aborts. Never rejects. Works for any distance in the
   * future and across changes of the machine's clock.
   */
  sleepUntil(instant: Temporal.Instant, signal?: AbortSignal): Promise<void>;
}

/**
 * A longer sleep is split into timers of this length. `setTimeout` fires at once beyond 2^31-1 ms (24.8 days). A short timer also
 * notices within a minute that the machine's clock was changed or the machine was suspended.
 */
const MAX_TIMER_MS = 60_000;

/** Returns the machine's clock; with `startAt`, a clock that starts there and runs at the same speed. */
export function systemClock(startAt?: Temporal.Instant): Clock {
  const offset = startAt ? startAt.since(Temporal.Now.instant()) : undefined;
  const now = () => (offset ? Temporal.Now.instant().add(offset) : Temporal.Now.instant());

  return {
    now,
    async sleepUntil(instant, signal) {
      while (!signal?.aborted) {
        const left = instant.epochMilliseconds - now().epochMilliseconds;
        if (left <= 0) return;
        await wait(Math.min(left, MAX_TIMER_MS), signal);
      }
    },
  };
}

/** Returns an instant for a library that knows no `Temporal`. */
export const toDate = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds);

/** Resolves after that time, or as soon as `signal` aborts. */
function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
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
