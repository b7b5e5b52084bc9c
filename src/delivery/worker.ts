import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Clock } from '../lib/clock.ts';
import { REAL_TIME, type RealTime } from '../lib/real-time.ts';
import type { DueClaims, DueEntry } from '../store/due-queue.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { ClockCheck } from './clock-check.ts';

/** Number of entries processed at a time: hundreds that hang must not delay the others. The send gate limits what is sent. */
const MAX_CLAIMED = 1_000;
/**
 * The maximum of these that wait for a rate-limit slot, and the batch size of claims. With several processes it is about what one
 * second allows: the claims of a process that dies are delayed until they expire.
 */
const ALONE = { maxWaiting: MAX_CLAIMED, batch: 1 };
const SHARED = { maxWaiting: 50, batch: 25 };
/** How long an entry rests after its processing threw: a bug must not loop. */
const REST_AFTER_ERROR = Temporal.Duration.from({ minutes: 1 });
/** The delay before a store that does not answer is retried. */
const REST_AFTER_OUTAGE = Temporal.Duration.from({ seconds: 5 });
/** How often a shared queue is polled, in milliseconds of real time. */
const POLL_EVERY_MS = 1_000;

/** The loop that sleeps until an entry is due and processes it. */
export interface Worker {
  /** Resolves when nothing is being processed and the loop sleeps. */
  whenIdle(): Promise<void>;
  /** Returns when it last read the queue. */
  lastPolledAt(): Temporal.Instant;
  /** Claims nothing more; resolves when everything claimed is processed. */
  stop(): Promise<void>;
}

/** The services of the worker. */
export interface WorkerOptions {
  queue: DueClaims;
  clock: Clock;
  realTime?: RealTime;
  /** Nothing is claimed while the clock is wrong. */
  clockCheck: Pick<ClockCheck, 'isRight' | 'whenRight'>;
  /** Runs once before the first claim, again after it threw. */
  prepare?: () => Promise<void>;
  /** Processes one entry. */
  process: (entry: DueEntry) => Promise<void>;
  /** Returns how many of the claimed entries wait for a rate-limit slot. */
  waiting: () => number;
  /** Once it aborts, the worker claims nothing more. */
  signal?: AbortSignal;
  log: Logger;
}

/** Starts the loop. It wakes by itself when the queue changes. */
export function startWorker(options: WorkerOptions): Worker {
  const worker = new QueueWorker(options);
  worker.start();
  return worker;
}

class QueueWorker implements Worker {
  readonly #options: WorkerOptions & { realTime: RealTime };
  readonly #processing = new Set<string>();
  readonly #resting = new Set<string>();
  readonly #stopping = new AbortController();
  #wakeUp = new AbortController();
  #isAsleep = false;
  #isUnreadable = false;
  #isPrepared = false;
  #lastPolledAt: Temporal.Instant;
  #idleListeners: (() => void)[] = [];
  #ended: Promise<void> = Promise.resolve();
  #stopListening = () => {};
  #stopPolling = () => {};

  constructor(options: WorkerOptions) {
    this.#options = { realTime: REAL_TIME, ...options };
    this.#lastPolledAt = options.clock.now();
  }

  start(): void {
    const { queue, signal, realTime } = this.#options;
    const wake = () => this.#wake();
    this.#stopListening = queue.onChange(wake);
    if (queue.shared) this.#stopPolling = realTime.every(POLL_EVERY_MS, wake);
    signal?.addEventListener('abort', () => void this.stop(), { once: true });
    this.#ended = this.#run();
  }

  lastPolledAt(): Temporal.Instant {
    return this.#lastPolledAt;
  }

  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleListeners.push(resolve);
      this.#notifyIdle();
    });
  }

  async stop(): Promise<void> {
    this.#stopPolling();
    this.#stopListening();
    this.#stopping.abort();
    this.#wake();
    await this.#ended;
    if (this.#processing.size > 0) await this.whenIdle();
  }

  #wake(): void {
    // While the queue cannot be read, waking would only fail again.
    if (this.#isUnreadable) return;
    this.#isAsleep = false;
    this.#wakeUp.abort();
  }

  #notifyIdle(): void {
    const isResting = this.#isAsleep || this.#stopping.signal.aborted;
    if (!isResting || this.#processing.size > 0) return;
    const listeners = this.#idleListeners;
    this.#idleListeners = [];
    for (const resolve of listeners) resolve();
  }

  /** Runs until it is stopped, through failures of the queue. */
  async #run(): Promise<void> {
    const { clockCheck, log } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        if (await clockCheck.isRight()) await this.#poll();
        else await this.#pause(clockCheck.whenRight(signal));
      } catch (error) {
        const isOutage = error instanceof StoreUnavailable;
        if (isOutage) log.warn({ reason: error.message }, 'due queue unavailable, retrying');
        else log.error({ err: error }, 'due queue cannot be read, retrying');
        await this.#pause(rest(this.#options, isOutage ? REST_AFTER_OUTAGE : REST_AFTER_ERROR, signal));
      }
    }
  }

  /** Claims what is due and sleeps until the next entry is, or the queue changes. */
  async #poll(): Promise<void> {
    const { queue, clock, prepare, waiting } = this.#options;
    if (!this.#isPrepared) await prepare?.();
    this.#isPrepared = true;
    this.#wakeUp = new AbortController();
    const { signal } = this.#wakeUp;
    const { maxWaiting, batch } = queue.shared ? SHARED : ALONE;
    const claimed = new Set([...this.#processing, ...this.#resting]);
    const room = Math.min(MAX_CLAIMED - this.#processing.size, maxWaiting - waiting());
    const hasRoom = room >= batch;
    const entries = hasRoom ? await queue.claim(clock.now(), claimed, room) : [];
    this.#lastPolledAt = clock.now();
    for (const entry of entries) void this.#process(entry);
    // With several processes it waits until these are processed: not all of them will need a slot.
    if (entries.length > 0 && !queue.shared) return;

    const next = hasRoom ? await queue.nextAt(claimed) : null;
    if (signal.aborted || this.#stopping.signal.aborted) return;
    // An entry that is due and was not returned is claimed by another process.
    const isAhead = next && Temporal.Instant.compare(next, clock.now()) > 0;
    await this.#sleep(queue.shared && !isAhead ? null : next, signal);
  }

  /** Waits for the end of a state in which no change of the queue matters. */
  async #pause(end: Promise<void>): Promise<void> {
    this.#isUnreadable = true;
    this.#isAsleep = true;
    this.#notifyIdle();
    await end;
    this.#isAsleep = false;
    this.#isUnreadable = false;
  }

  async #sleep(until: Temporal.Instant | null, signal: AbortSignal): Promise<void> {
    this.#isAsleep = true;
    this.#notifyIdle();
    await (until ? this.#options.clock.sleepUntil(until, signal) : once(signal, 'abort'));
    this.#isAsleep = false;
  }

  async #process(entry: DueEntry): Promise<void> {
    const { queue, process } = this.#options;
    const { entryId } = entry;
    this.#processing.add(entryId);
    try {
      await process(entry);
      await queue.release(entryId);
    } catch (error) {
      void this.#rest(entryId, error);
    } finally {
      this.#processing.delete(entryId);
      this.#wake();
      this.#notifyIdle();
    }
  }

  /** Keeps the claim while the entry rests, so that no other process retries it meanwhile. */
  async #rest(entryId: string, error: unknown): Promise<void> {
    const { queue, log } = this.#options;
    const isOutage = error instanceof StoreUnavailable;
    // The loop logs an outage once; the entries that it interrupted are logged at debug level.
    if (isOutage)
      log.debug({ countdown: entryId, reason: error.message }, 'processing interrupted, store unavailable');
    else log.error({ err: error, countdown: entryId }, 'processing failed, retrying in a minute');
    this.#resting.add(entryId);
    await rest(this.#options, isOutage ? REST_AFTER_OUTAGE : REST_AFTER_ERROR);
    await queue.release(entryId);
    this.#resting.delete(entryId);
    this.#wake();
  }
}

/** Resolves after the duration, by the clock or by real time: a clock that is set back in between must not prolong the rest. */
async function rest(
  { clock, realTime }: { clock: Clock; realTime: RealTime },
  duration: Temporal.Duration,
  signal?: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const end = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
  const elapsed = realTime.sleep(duration.total('milliseconds'), { signal: end, ref: false });
  await Promise.race([clock.sleepUntil(clock.now().add(duration), end), elapsed.catch(() => {})]);
  done.abort();
}
