import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Clock } from '../src/lib/clock.ts';
import type { RealTime } from '../src/lib/real-time.ts';
import { createRandom, type Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A process of the bot. Once it is dead, nothing that it began goes on. */
export interface Life {
  isDead: boolean;
  /** Called once, when it dies. */
  onDeath: (() => void)[];
}

/** Returns a process that lives. */
export const createLife = (): Life => ({ isDead: false, onDeath: [] });

/** Ends a process: every port of it stays silent from now on. */
export function kill(life: Life): void {
  if (life.isDead) return;
  life.isDead = true;
  for (const listener of life.onDeath) listener();
}

/** A promise that nothing resolves: what a dead process waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** The machine's clock, which may be wrong. It outlives the processes. */
export interface MachineClock {
  /** By how many milliseconds it is ahead of Discord's. */
  aheadMs: number;
  /** Sets the clock, and lets sleepers look at it again. */
  set(aheadMs: number): void;
  /** Returns the clock as a process sees it. */
  of(life: Life): Clock;
}

/** Creates a clock that is right. */
export function createMachineClock(time: VirtualTime): MachineClock {
  const sleepers = new Set<() => void>();
  const clock: MachineClock = {
    aheadMs: 0,
    set(aheadMs) {
      clock.aheadMs = aheadMs;
      for (const look of [...sleepers]) look();
    },
    of(life) {
      const now = () => Temporal.Instant.fromEpochMilliseconds(time.now() + clock.aheadMs);
      const sleepUntil = (until: Temporal.Instant, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          let cancel = () => {};
          const end = () => {
            cancel();
            sleepers.delete(look);
            signal?.removeEventListener('abort', end);
            if (!life.isDead) resolve();
          };
          const look = () => {
            cancel();
            if (signal?.aborted || life.isDead || Temporal.Instant.compare(until, now()) <= 0) return end();
            cancel = time.at(until.epochMilliseconds - clock.aheadMs, look);
          };
          sleepers.add(look);
          signal?.addEventListener('abort', end);
          look();
        });
      return { now, sleepUntil };
    },
  };
  return clock;
}

/** Returns the timers of a process. */
export function createRealTime(time: VirtualTime, startMs: number, life: Life): RealTime {
  return {
    now: () => time.now() - startMs,
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          cancel();
          reject(new DOMException('aborted', 'AbortError'));
        };
        const cancel = time.at(time.now() + ms, () => {
          signal?.removeEventListener('abort', abort);
          if (!life.isDead) resolve(undefined);
        });
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      }),
    every(ms, work) {
      const stop = time.every(ms, work);
      life.onDeath.push(stop);
      return stop;
    },
  };
}

/**
 * Replaces what libraries and new ids take from the machine: discord.js reads `Date.now` and waits for limits with a timer, and ids are
 * random bytes. Returns a function that puts the machine's own back.
 */
export function replaceMachine(time: VirtualTime, random: Random): () => void {
  const { now } = Date;
  const { random: machineRandom } = Math;
  const { randomBytes } = crypto;
  const { setTimeout: delay } = timers;
  const bytes = createRandom(random.between(0, 2 ** 31));
  Date.now = () => time.now();
  Math.random = bytes.next;
  Object.assign(crypto, {
    randomBytes: (size: number) => Buffer.from(Array.from({ length: size }, () => bytes.between(0, 255))),
  });
  const { setTimeout: setMachineTimeout, clearTimeout: clearMachineTimeout } = globalThis;
  const setVirtualTimeout = (work: () => void, ms = 0) => {
    const timer = { cancel: time.at(time.now() + ms, work), ref: () => timer, unref: () => timer };
    return timer;
  };
  const clearVirtualTimeout = (timer?: { cancel?: () => void }) => timer?.cancel?.();
  Object.assign(globalThis, { setTimeout: setVirtualTimeout, clearTimeout: clearVirtualTimeout });
  const wait = (ms = 0, value?: unknown) =>
    new Promise((resolve) => {
      time.at(time.now() + ms, () => resolve(value));
    });
  Object.assign(timers, { setTimeout: wait });
  syncBuiltinESMExports();
  return () => {
    Date.now = now;
    Object.assign(globalThis, { setTimeout: setMachineTimeout, clearTimeout: clearMachineTimeout });
    Math.random = machineRandom;
    Object.assign(crypto, { randomBytes });
    Object.assign(timers, { setTimeout: delay });
    syncBuiltinESMExports();
  };
}
