import type { Clock } from '../src/lib/clock.ts';

/** A clock that can be turned forward. */
export interface SandboxClock extends Clock {
  /**
   * Turns the clock to `to`. Stops on the way at the instant of each sleeper, wakes it, and waits for `waitUntilIdle`.
   * Rejects with a RangeError when `to` is in the past.
   */
  turn(to: Temporal.Instant, waitUntilIdle: WaitUntilIdle): Promise<void>;
  /** Turns the clock to the next sleeper. Returns its instant, or undefined when there is none. */
  turnToNext(waitUntilIdle: WaitUntilIdle): Promise<Temporal.Instant | undefined>;
  /** Returns the instant of the next sleeper. */
  next(): Temporal.Instant | undefined;
  /** Stops all timers. Those who still sleep are never woken. */
  stop(): void;
}

type WaitUntilIdle = () => Promise<void>;

/** Whether time runs on between turns. A manual clock stands still, so that nothing depends on a machine's speed. */
export type ClockMode = 'running' | 'manual';

/** Creates a clock that starts at `startAt` and runs with real time, or stands still where it is `manual`. */
export function createSandboxClock(startAt: Temporal.Instant, mode: ClockMode = 'running'): SandboxClock {
  const time = createTime(startAt, mode);
  const sleepers = createSleepers(time);
  const runInTurn = createTurnQueue();

  async function whileFrozen<T>(waitUntilIdle: WaitUntilIdle, work: () => Promise<T>): Promise<T> {
    time.freeze();
    sleepers.setTimer();
    try {
      // What was started just before may be about to sleep: let it get there first.
      await waitUntilIdle();
      return await work();
    } finally {
      time.unfreeze();
      sleepers.setTimer();
    }
  }

  /** Wakes all sleepers up to `to`, each at its own instant. Time must be frozen. */
  async function wakeUntil(to: Temporal.Instant, waitUntilIdle: WaitUntilIdle): Promise<void> {
    for (let sleeper = sleepers.next(); sleeper; sleeper = sleepers.next()) {
      if (Temporal.Instant.compare(sleeper.at, to) > 0) break;
      time.moveTo(sleeper.at);
      sleeper.wake();
      await waitUntilIdle();
    }
    time.moveTo(to);
    await waitUntilIdle();
  }

  return {
    now: time.now,
    sleepUntil: sleepers.sleepUntil,
    turn: (to, waitUntilIdle) =>
      runInTurn(async () => {
        if (Temporal.Instant.compare(to, time.now()) < 0) {
          throw new RangeError(`The clock stands at ${time.now()} and only turns forward; ${to} is earlier.`);
        }
        await whileFrozen(waitUntilIdle, () => wakeUntil(to, waitUntilIdle));
      }),
    turnToNext: (waitUntilIdle) =>
      runInTurn(() =>
        whileFrozen(waitUntilIdle, async () => {
          const at = sleepers.next()?.at;
          if (at) await wakeUntil(at, waitUntilIdle);
          return at;
        }),
      ),
    next: () => sleepers.next()?.at,
    stop: sleepers.stop,
  };
}

/** The current time, which runs with real time or stands still. */
interface Time {
  now(): Temporal.Instant;
  isFrozen(): boolean;
  freeze(): void;
  unfreeze(): void;
  /** Moves frozen time forward. An earlier instant is ignored. */
  moveTo(instant: Temporal.Instant): void;
}

function createTime(startAt: Temporal.Instant, mode: ClockMode): Time {
  /** The sandbox's time when real time was `baseTick` milliseconds of `performance.now()`. */
  let base = startAt;
  let baseTick = performance.now();
  let frozen = mode === 'manual';
  const now = () =>
    frozen ? base : base.add({ milliseconds: Math.max(0, Math.floor(performance.now() - baseTick)) });
  return {
    now,
    isFrozen: () => frozen,
    freeze() {
      base = now();
      frozen = true;
    },
    unfreeze() {
      baseTick = performance.now();
      frozen = mode === 'manual';
    },
    moveTo(instant) {
      if (Temporal.Instant.compare(instant, base) > 0) base = instant;
    },
  };
}

/** Someone who sleeps until an instant. */
interface Sleeper {
  readonly at: Temporal.Instant;
  readonly wake: () => void;
}

/** Those who sleep, and the timer that wakes the next of them. */
interface Sleepers {
  readonly sleepUntil: Clock['sleepUntil'];
  /** Returns the sleeper with the earliest instant. */
  next(): Sleeper | undefined;
  /** Sets the timer for the next sleeper; while time is frozen there is none. */
  setTimer(): void;
  stop(): void;
}

/** `setTimeout` fires at once beyond 2^31-1 ms (24.8 days), so a longer wait is made of several timers. */
const MAX_TIMER_MS = 86_400_000;

function createSleepers(time: Time): Sleepers {
  const sleepers = new Set<Sleeper>();
  let timer: NodeJS.Timeout | undefined;

  function next(): Sleeper | undefined {
    let earliest: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (!earliest || Temporal.Instant.compare(sleeper.at, earliest.at) < 0) earliest = sleeper;
    }
    return earliest;
  }

  function setTimer(): void {
    clearTimeout(timer);
    const sleeper = time.isFrozen() ? undefined : next();
    if (!sleeper) return;
    const left = sleeper.at.epochMilliseconds - time.now().epochMilliseconds;
    timer = setTimeout(wakeDue, Math.min(Math.max(left, 0), MAX_TIMER_MS));
  }

  function wakeDue(): void {
    const now = time.now();
    for (const sleeper of sleepers) {
      if (Temporal.Instant.compare(sleeper.at, now) <= 0) sleeper.wake();
    }
    setTimer();
  }

  return {
    sleepUntil: (instant, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || Temporal.Instant.compare(instant, time.now()) <= 0) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper: Sleeper = { at: instant, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
        setTimer();
      }),
    next,
    setTimer,
    stop() {
      clearTimeout(timer);
      sleepers.clear();
    },
  };
}

/** Returns a function that runs work one at a time, in the order of the calls. */
function createTurnQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.then(
      () => {},
      () => {},
    );
    return result;
  };
}

/** Returns when the clock starts: the later of the saved time and `at`, or now. */
export function chooseStartInstant(
  saved: Temporal.Instant | undefined,
  at: string | undefined,
  say: (line: string) => void,
): Temporal.Instant {
  const requested = at === undefined ? undefined : Temporal.Instant.from(at);
  if (!saved) return requested ?? Temporal.Now.instant().round('millisecond');
  if (!requested) return saved;
  if (Temporal.Instant.compare(requested, saved) >= 0) return requested;
  say(`The saved world is already at ${saved}: --at ${at} is ignored.`);
  return saved;
}
