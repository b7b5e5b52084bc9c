import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Clock } from '../lib/clock.ts';
import type { DueEntry, DueQueue } from '../store/due-queue.ts';
import { StoreUnavailable } from '../store/errors.ts';

/** So many countdowns are in hand at a time, so that hundreds that hang delay no other; the sender paces what is sent. */
const MOST_IN_HAND = 1_000;
/**
 * Of these, what still waits for its turn. Beside other processes it is little more than can be sent in a second, several at a
 * look: what a process has in hand when it dies is lost for a while.
 */
const ALONE = { mostWaiting: MOST_IN_HAND, batch: 1 };
const AMONG_OTHERS = { mostWaiting: 50, batch: 25 };
/** A countdown whose handling threw rests this long: a bug must not spin. */
const REST = Temporal.Duration.from({ minutes: 1 });
/** A store that does not answer is asked again after this time. */
const STORE_REST = Temporal.Duration.from({ seconds: 5 });
/** What other processes put into the queue, and what they leave, is seen within this time. Real time, as theirs is. */
const LOOK_EVERY_MS = 1_000;

/** The loop that sleeps until something is due and hands it out. */
export interface Worker {
  /** Looks at the queue again: it has changed. */
  wake(): void;
  /** Resolves when nothing is in hand and the loop sleeps. */
  whenIdle(): Promise<void>;
  /** When it last read the queue. */
  lastPolledAt(): Temporal.Instant;
  /** Takes nothing more; resolves when what is in hand is finished. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  queue: DueQueue;
  clock: Clock;
  deliver: (entry: DueEntry) => Promise<void>;
  /** How many of those in hand wait for their turn to be sent. */
  waiting: () => number;
  log: Logger;
}

export function startWorker({ queue, clock, deliver, waiting, log }: WorkerOptions): Worker {
  const { mostWaiting, batch } = queue.shared ? AMONG_OTHERS : ALONE;
  const inHand = new Set<string>();
  const resting = new Set<string>();
  const stopping = new AbortController();
  let bell = new AbortController();
  let asleep = false;
  let lastPolledAt = clock.now();
  let toldWhenQuiet: (() => void)[] = [];

  const ring = () => {
    // One whose queue cannot be read is not woken: it would only fail again.
    if (bell.signal.aborted) return;
    asleep = false;
    bell.abort();
  };

  const tellWaiting = () => {
    if (!(asleep || stopping.signal.aborted) || inHand.size > 0) return;
    const told = toldWhenQuiet;
    toldWhenQuiet = [];
    for (const resolve of told) resolve();
  };

  /** It stays in this process's hand while it rests, so that no other process tries it meanwhile. */
  async function rest(entryId: string, error: unknown): Promise<void> {
    const away = error instanceof StoreUnavailable;
    // An outage is told of once, by the loop; not by each that was in hand.
    if (away) log.debug({ countdown: entryId, reason: error.message }, 'cut off by the store');
    else log.error({ err: error, countdown: entryId }, 'delivery failed; it rests before the next try');
    resting.add(entryId);
    await clock.sleepUntil(clock.now().add(away ? STORE_REST : REST));
    await queue.release(entryId);
    resting.delete(entryId);
    ring();
  }

  async function take(entry: DueEntry): Promise<void> {
    const { entryId } = entry;
    inHand.add(entryId);
    try {
      await deliver(entry);
      await queue.release(entryId);
    } catch (error) {
      void rest(entryId, error);
    } finally {
      inHand.delete(entryId);
      ring();
      tellWaiting();
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      bell = new AbortController();
      const away = new Set([...inHand, ...resting]);
      const room = Math.min(MOST_IN_HAND - inHand.size, mostWaiting - waiting());
      const hasRoom = room >= batch;
      const entries = hasRoom ? await queue.claim(clock.now(), away, room) : [];
      lastPolledAt = clock.now();
      for (const entry of entries) void take(entry);
      // Beside other processes it waits for what comes of these: not all of them will wait for a turn.
      if (entries.length > 0 && !queue.shared) continue;

      const next = hasRoom ? await queue.nextAt(away) : null;
      if (bell.signal.aborted || stopping.signal.aborted) continue;
      // What is due and was not handed out is in the hands of another process.
      const isAhead = next && Temporal.Instant.compare(next, clock.now()) > 0;
      await sleep(queue.shared && !isAhead ? null : next, bell.signal);
    }
  }

  async function sleep(until: Temporal.Instant | null, signal: AbortSignal): Promise<void> {
    asleep = true;
    tellWaiting();
    await (until ? clock.sleepUntil(until, signal) : once(signal, 'abort'));
    asleep = false;
  }

  async function runOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await run();
      } catch (error) {
        const away = error instanceof StoreUnavailable;
        if (away) log.warn({ reason: error.message }, 'the due queue is out of reach; it is tried again');
        else log.error({ err: error }, 'the due queue cannot be read; it is tried again');
        bell.abort();
        await sleep(clock.now().add(away ? STORE_REST : REST), stopping.signal);
      }
    }
  }

  const looks = queue.shared ? setInterval(ring, LOOK_EVERY_MS) : undefined;
  const ended = runOn();
  return {
    wake: ring,
    whenIdle: () =>
      new Promise((resolve) => {
        toldWhenQuiet.push(resolve);
        tellWaiting();
      }),
    lastPolledAt: () => lastPolledAt,
    async stop() {
      clearInterval(looks);
      stopping.abort();
      ring();
      await ended;
      if (inHand.size > 0) {
        await new Promise<void>((resolve) => {
          toldWhenQuiet.push(resolve);
          tellWaiting();
        });
      }
    },
  };
}
