import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { DueEntry, DueQueue } from './due-queue.ts';

/** So many countdowns are in hand at a time, so that hundreds that hang delay no other; the sender paces what is sent. */
const MOST_IN_HAND = 1_000;
/** A countdown whose handling threw rests this long: a bug or a failing store must not spin. */
const REST = Temporal.Duration.from({ minutes: 1 });

/** The loop that sleeps until something is due and hands it out. */
export interface Runner {
  /** Looks at the queue again: it has changed. */
  ring(): void;
  /** Resolves when nothing is in hand and the loop sleeps. */
  quiet(): Promise<void>;
  /** Takes nothing more; resolves when what is in hand is finished. */
  stop(): Promise<void>;
}

export interface RunnerParts {
  queue: DueQueue;
  clock: Clock;
  deliver: (entry: DueEntry) => Promise<void>;
  log: Logger;
}

export function startRunner({ queue, clock, deliver, log }: RunnerParts): Runner {
  const inHand = new Set<string>();
  const resting = new Set<string>();
  let bell = new AbortController();
  let asleep = false;
  let stopped = false;
  let waiting: (() => void)[] = [];

  const ring = () => {
    asleep = false;
    bell.abort();
  };

  const tellWaiting = () => {
    if (!(asleep || stopped) || inHand.size > 0) return;
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  };

  async function take(entry: DueEntry): Promise<void> {
    const { countdownId } = entry;
    inHand.add(countdownId);
    try {
      await deliver(entry);
    } catch (error) {
      log.error({ err: error, countdown: countdownId }, 'delivery failed; it rests before the next try');
      resting.add(countdownId);
      const wake = clock.now().add(REST);
      void clock.sleepUntil(wake).then(() => {
        resting.delete(countdownId);
        ring();
      });
    } finally {
      inHand.delete(countdownId);
      ring();
      tellWaiting();
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      bell = new AbortController();
      const away = new Set([...inHand, ...resting]);
      const room = MOST_IN_HAND - inHand.size;
      const entries = room > 0 ? await queue.due(clock.now(), away, room) : [];
      for (const entry of entries) void take(entry);
      if (entries.length > 0) continue;

      const next = room > 0 ? await queue.nextAt(away) : null;
      if (bell.signal.aborted || stopped) continue;
      asleep = true;
      tellWaiting();
      await (next ? clock.sleepUntil(next, bell.signal) : once(bell.signal, 'abort'));
      asleep = false;
    }
  }

  async function runOn(): Promise<void> {
    while (!stopped) {
      try {
        await run();
      } catch (error) {
        log.error({ err: error }, 'the due queue cannot be read; it is tried again');
        asleep = true;
        tellWaiting();
        await clock.sleepUntil(clock.now().add(REST), bell.signal);
        asleep = false;
      }
    }
  }

  const ended = runOn();
  return {
    ring,
    quiet: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        tellWaiting();
      }),
    async stop() {
      stopped = true;
      ring();
      await ended;
      if (inHand.size > 0) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          tellWaiting();
        });
      }
    },
  };
}
