import type { Logger } from 'pino';
import type { Clock } from '../lib/clock.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import { REAL_TIME, type RealTime } from '../lib/real-time.ts';
import { StoreUnavailable } from '../store/errors.ts';

/** The bot's clock and Discord's may differ by this much. */
const MAX_DIFFERENCE_MS = 2 * 60 * 1_000;
/** How often Discord is asked while the clock is wrong, in milliseconds of real time. */
const ASK_EVERY_MS = 10_000;

/** The clock is wrong, so nothing may be decided by it. It counts as an outage of the store: it passes, and work is retried. */
export class ClockWrongError extends StoreUnavailable {
  override name = 'ClockWrongError';
}

/** Compares the bot's clock with Discord's: a wrong clock would skip posts for good, or make them on a wrong day. */
export interface ClockCheck {
  /** Notes when Discord sent an answer, by its own clock; undefined if the answer does not say. */
  note(sentAt: Temporal.Instant | undefined): void;
  /** Returns whether the clock is right. Asks Discord if the last answer leaves that open. Never rejects. */
  isRight(): Promise<boolean>;
  /** Asks Discord anew and returns whether the clock is right. Returns false if there is no answer. Never rejects. */
  confirm(): Promise<boolean>;
  /** Rejects with a `ClockWrongError` unless the clock is right. */
  assertRight(): Promise<void>;
  /** Resolves once the clock is right, or as soon as `signal` aborts. */
  whenRight(signal: AbortSignal): Promise<void>;
  /** Returns what is wrong, for operators. */
  problem(): string | undefined;
}

/** What the check works with. */
export interface ClockCheckOptions {
  clock: Pick<Clock, 'now'>;
  /** Returns the milliseconds of a clock that nobody sets. */
  monotonic?: () => number;
  /** Waits in real time. */
  sleep?: RealTime['sleep'];
  /** Sends a request to Discord's API; its answer is passed to `note`. */
  ask: () => Promise<unknown>;
  log: Logger;
}

/** What an answer said: Discord's time, and when it came by the monotonic clock. */
interface Observation {
  discord: number;
  at: number;
}

/**
 * Creates the check. Between two answers, Discord's time is the last one plus what the monotonic clock counted since. If that
 * differs from the bot's clock, one of the three jumped, and only a new answer tells which: a suspended machine is no error.
 */
export function createClockCheck(options: ClockCheckOptions): ClockCheck {
  const { monotonic = REAL_TIME.now, sleep = REAL_TIME.sleep, log } = options;
  let seen: Observation | undefined;
  let answers = 0;
  let problem: string | undefined;
  let asked: Promise<void> | undefined;
  let noted = Promise.withResolvers<void>();

  /** Milliseconds by which the clock is ahead of Discord's; undefined without an answer. An answer without a date says nothing. */
  const ahead = () => {
    if (!seen) return answers > 0 ? 0 : undefined;
    return options.clock.now().epochMilliseconds - (seen.discord + monotonic() - seen.at);
  };
  const agrees = () => Math.abs(ahead() ?? Number.POSITIVE_INFINITY) <= MAX_DIFFERENCE_MS;

  const ask = () => {
    asked ??= options
      .ask()
      .then(
        () => {},
        () => {},
      )
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };

  function conclude(isRight: boolean): boolean {
    const before = problem;
    problem = isRight ? undefined : problemOf(ahead());
    if (isRight && before) log.info('the clock agrees with Discord, posting again');
    if (!isRight && !before) log.error(problem);
    return isRight;
  }

  const check: ClockCheck = {
    note(sentAt) {
      answers += 1;
      if (!sentAt) return;
      seen = { discord: sentAt.epochMilliseconds, at: monotonic() };
      if (agrees()) noted.resolve();
    },
    async isRight() {
      if (agrees()) return conclude(true);
      await ask();
      return conclude(agrees());
    },
    async confirm() {
      const before = answers;
      await ask();
      return answers > before && conclude(agrees());
    },
    async assertRight() {
      if (!(await check.isRight())) throw new ClockWrongError(problem);
    },
    async whenRight(signal) {
      while (!signal.aborted && !(await check.isRight())) {
        noted = Promise.withResolvers();
        await pause(sleep, noted.promise, signal);
      }
    },
    problem: () => problem,
  };
  return check;
}

/** Resolves when it is time to ask again, when an answer agrees, or as soon as `signal` aborts. */
async function pause(sleep: RealTime['sleep'], noted: Promise<void>, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  await Promise.race([noted, sleep(ASK_EVERY_MS, { signal: either, ref: false }).catch(() => {})]);
  done.abort();
}

function problemOf(ahead: number | undefined): string {
  if (ahead === undefined) return 'the clock cannot be compared with Discord: nothing is posted until it is';
  const difference = Temporal.Duration.from({ seconds: Math.round(Math.abs(ahead) / 1_000) });
  const balanced = difference.round({ largestUnit: 'days', smallestUnit: 'seconds' });
  const { days, hours, minutes } = balanced;
  return `the clock is ${days} d ${hours} h ${minutes} min ${ahead > 0 ? 'ahead of' : 'behind'} Discord's: nothing is posted or changed until it is right`;
}

/** Returns the lock for work that depends on the time: it rejects with a `ClockWrongError` while the clock is wrong. */
export function lockWithRightClock(withLock: KeyedQueue, { assertRight }: ClockCheck): KeyedQueue {
  return async (key, work) => {
    await assertRight();
    return withLock(key, work);
  };
}
