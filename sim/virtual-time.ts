import { setImmediate as nextTurn } from 'node:timers/promises';

/** The time of a simulation: it stands still while anything happens, and then jumps to what comes next. */
export interface VirtualTime {
  /** Returns the milliseconds since 1970, as Discord's clock shows them. */
  now(): number;
  /** Calls `work` at that time, after what was asked for earlier at the same time. Returns a function that cancels it. */
  at(ms: number, work: () => void): () => void;
  /**
   * Calls `work` a few times after everything that happens, so many milliseconds apart: polls while nothing happens would find
   * nothing. Returns a function that stops it.
   */
  every(ms: number, work: () => void): () => void;
  /** Runs everything up to that time, each at its own. */
  runTo(ms: number): Promise<void>;
}

/** Polls after each event. */
const POLLS = 3;

interface Timer {
  at: number;
  order: number;
  isPoll: boolean;
  work: (() => void) | undefined;
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Creates a time that stands at `startMs`. */
export function createVirtualTime(startMs: number): VirtualTime {
  let now = startMs;
  let order = 0;
  const heap = createHeap();
  const pollers = new Set<() => void>();
  const add = (ms: number, work: () => void, isPoll: boolean) => {
    const timer: Timer = { at: Math.max(now, Math.ceil(ms)), order: order++, isPoll, work };
    heap.push(timer);
    return () => {
      timer.work = undefined;
    };
  };
  return {
    now: () => now,
    at: (ms, work) => add(ms, work, false),
    every(ms, work) {
      let left = 0;
      let isWaiting = false;
      const tick = () => {
        isWaiting = true;
        add(now + ms, poll, true);
      };
      const poll = () => {
        isWaiting = false;
        if (!pollers.has(wake)) return;
        work();
        left -= 1;
        if (left > 0) tick();
      };
      const wake = () => {
        left = POLLS;
        if (!isWaiting) tick();
      };
      pollers.add(wake);
      return () => void pollers.delete(wake);
    },
    async runTo(end) {
      for (let next = heap.first(); next && next.at <= end; next = heap.first()) {
        heap.pop();
        if (!next.work) continue;
        now = next.at;
        next.work();
        // Everything that the bot waits for is a promise, so one turn ends all that this has begun.
        await nextTurn();
        if (!next.isPoll) for (const wake of pollers) wake();
      }
      now = end;
    },
  };
}

/** A binary heap: what comes first is on top. */
function createHeap() {
  const list: Timer[] = [];
  const swap = (a: number, b: number) => {
    [list[a], list[b]] = [list[b] as Timer, list[a] as Timer];
  };
  const isLess = (a: number, b: number) => {
    const [one, other] = [list[a], list[b]];
    return one !== undefined && other !== undefined && isBefore(one, other);
  };
  return {
    first: (): Timer | undefined => list[0],
    push(timer: Timer): void {
      list.push(timer);
      for (let at = list.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isLess(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop(): void {
      swap(0, list.length - 1);
      list.pop();
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const least = isLess(left + 1, left) ? left + 1 : left;
        if (!isLess(least, at)) break;
        swap(at, least);
        at = least;
      }
    },
  };
}
