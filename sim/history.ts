import { isDeepStrictEqual } from 'node:util';
import type { Countdown } from '../src/countdown/countdown.ts';
import type { LedgerRecord } from '../src/delivery/ledger.ts';
import type { Message } from './discord.ts';

/** A time in which something held, in milliseconds. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** A countdown as it was stored for a time. */
export interface Version extends Span {
  countdown: Countdown;
}

/** A message, and the occurrence that it is for. */
export interface PostSeen {
  key: string;
  message: Message;
}

/** What was seen from outside: what the database held when, what Discord got, and what did not work. */
export interface SimHistory {
  /** The versions of each countdown, the oldest first. */
  versions: Map<string, Version[]>;
  /** The newest record of each occurrence. */
  records: Map<string, LedgerRecord>;
  /** The occurrence of each nonce that was ever recorded as being sent. */
  keyOfNonce: Map<string, string>;
  posts: PostSeen[];
  postsOf: Map<string, PostSeen[]>;
  /** When nothing could be posted: outages, a wrong clock, no process. */
  blocked: Span[];
  /** When a channel took no posts, by its id. */
  closed: Map<string, Span[]>;
  /** The channels whose past could not be read at some time. */
  unreadable: Set<string>;
  /** The nonces of posts that Discord refused for their content. */
  refused: Set<string>;
  /** How far the clock was ahead, from when on. */
  clock: { fromMs: number; aheadMs: number }[];
}

/** Creates an empty history. */
export const createHistory = (): SimHistory => ({
  versions: new Map(),
  records: new Map(),
  keyOfNonce: new Map(),
  posts: [],
  postsOf: new Map(),
  blocked: [],
  closed: new Map(),
  unreadable: new Set(),
  refused: new Set(),
  clock: [],
});

/** Notes the countdowns of a server as they are stored from now on. `known` are those that it had. */
export function noteVersions(
  { versions }: SimHistory,
  known: Set<string>,
  countdowns: readonly Countdown[],
  nowMs: number,
): void {
  const gone = new Set(known);
  for (const countdown of countdowns) {
    gone.delete(countdown.id);
    known.add(countdown.id);
    const list = versions.get(countdown.id) ?? [];
    const last = list.at(-1);
    if (last && isDeepStrictEqual(last.countdown, countdown)) continue;
    if (last) last.toMs = nowMs;
    list.push({ countdown, fromMs: nowMs, toMs: Number.POSITIVE_INFINITY });
    versions.set(countdown.id, list);
  }
  for (const id of gone) {
    known.delete(id);
    const last = versions.get(id)?.at(-1);
    if (last) last.toMs = nowMs;
  }
}

/** Whether two times have an instant in common. */
const overlaps = (a: Span, b: Span) => a.fromMs < b.toMs && b.fromMs < a.toMs;

/** Returns the first instant from `fromMs` on after which nothing was in the way for `lengthMs`, by `toMs` at the latest. */
export function findClear(
  spans: readonly Span[],
  { fromMs, toMs }: Span,
  lengthMs: number,
): number | undefined {
  let at = fromMs;
  for (;;) {
    const window = { fromMs: at, toMs: at + lengthMs };
    if (window.toMs > toMs) return undefined;
    const inTheWay = spans.filter((span) => overlaps(span, window));
    if (inTheWay.length === 0) return at;
    at = Math.max(...inTheWay.map((span) => span.toMs));
  }
}
