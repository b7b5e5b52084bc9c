import type { Clock } from '../src/lib/clock.ts';

/** A clock that runs on by itself, and can be turned forward past everything that waits for it. */
export interface SandboxClock extends Clock {
  /**
   * Goes to `to` by way of every sleeper due until then: at each, time stands still at exactly that sleeper's instant
   * until `waitUntilIdle` resolves. Rejects with a sentence when `to` lies in the past.
   */
  turn(to: Temporal.Instant, waitUntilIdle: () => Promise<void>): Promise<void>;
  /** As `turn`, to the earliest instant that anyone sleeps until. Answers it; undefined, and stands, when nobody sleeps. */
  turnToNext(waitUntilIdle: () => Promise<void>): Promise<Temporal.Instant | undefined>;
  /** The earliest instant that anyone sleeps until. */
  next(): Temporal.Instant | undefined;
  /** Stops all timers. Whoever still sleeps is never woken. */
  stop(): void;
}

interface Sleeper {
  readonly at: Temporal.Instant;
  readonly wake: () => void;
}

/** `setTimeout` fires at once beyond 2^31-1 ms (24.8 days), so a longer wait is made of legs of one day. */
const LONGEST_LEG_MS = 86_400_000;

/** A clock that stands at `startAt` when it is made, and runs on with real time from there. */
export function createSandboxClock(startAt: Temporal.Instant): SandboxClock {
  const sleepers = new Set<Sleeper>();
  let base = startAt;
  let baseTick = performance.now();
  let frozen = false;
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<void> = Promise.resolve();

  const now = () =>
    frozen ? base : base.add({ milliseconds: Math.max(0, Math.floor(performance.now() - baseTick)) });

  function set(instant: Temporal.Instant): void {
    base = instant;
    baseTick = performance.now();
  }

  function earliest(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (!first || Temporal.Instant.compare(sleeper.at, first.at) < 0) first = sleeper;
    }
    return first;
  }

  function arm(): void {
    clearTimeout(timer);
    const next = frozen ? undefined : earliest();
    if (!next) return;
    const left = next.at.epochMilliseconds - now().epochMilliseconds;
    timer = setTimeout(wakeDue, Math.min(Math.max(left, 0), LONGEST_LEG_MS));
  }

  function wakeDue(): void {
    const instant = now();
    for (const sleeper of sleepers) {
      if (Temporal.Instant.compare(sleeper.at, instant) <= 0) sleeper.wake();
    }
    arm();
  }

  async function turnNow<T>(waitUntilIdle: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    set(now());
    frozen = true;
    clearTimeout(timer);
    try {
      // What was asked for just before may still be on its way to a sleep: let it get there first.
      await waitUntilIdle();
      return await work();
    } finally {
      set(base);
      frozen = false;
      arm();
    }
  }

  /** Time stands still already; wakes everyone who sleeps until `to`, each at the instant that they asked for. */
  async function pass(to: Temporal.Instant, waitUntilIdle: () => Promise<void>): Promise<void> {
    for (let next = earliest(); next; next = earliest()) {
      if (Temporal.Instant.compare(next.at, to) > 0) break;
      if (Temporal.Instant.compare(next.at, base) > 0) set(next.at);
      next.wake();
      await waitUntilIdle();
    }
    if (Temporal.Instant.compare(to, base) > 0) set(to);
    await waitUntilIdle();
  }

  /** One turn at a time: who asks during one waits for its end. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turned = turning.then(work);
    turning = turned.then(
      () => {},
      () => {},
    );
    return turned;
  }

  return {
    now,
    sleepUntil(instant, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted || Temporal.Instant.compare(instant, now()) <= 0) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper: Sleeper = { at: instant, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
        arm();
      });
    },
    turn: (to, waitUntilIdle) =>
      inTurn(async () => {
        if (Temporal.Instant.compare(to, now()) < 0) {
          throw new RangeError(`The clock stands at ${now()} and only turns forward; ${to} is earlier.`);
        }
        await turnNow(waitUntilIdle, () => pass(to, waitUntilIdle));
      }),
    turnToNext: (waitUntilIdle) =>
      inTurn(() =>
        turnNow(waitUntilIdle, async () => {
          const at = earliest()?.at;
          if (at) await pass(at, waitUntilIdle);
          return at;
        }),
      ),
    next: () => earliest()?.at,
    stop() {
      clearTimeout(timer);
      sleepers.clear();
    },
  };
}
