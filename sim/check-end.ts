import type { History } from '../src/delivery/ledger.ts';
import { findClear, type SimHistory, type Version } from './history.ts';
import type { Release } from './releases.ts';
import { type Owed, owedFor } from './rules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Retries and checks of a channel need no longer than this once nothing is in the way. */
const CLEAR_MS = 12 * HOUR_MS;

/** A date that a countdown counted to, and from when to when it was known. */
interface DateSpan {
  date: string;
  fromMs: number;
  toMs: number;
}

/** What must hold at the end: all that was owed and could be posted was posted, or the ledger says why not. */
export function checkEnd(history: SimHistory, releases: readonly Release[], endMs: number): string[] {
  return [...history.versions.values()].flatMap((versions) =>
    versions.flatMap((version) =>
      datesOf(version, releases).flatMap((span) => checkSpan(history, version, span, endMs)),
    ),
  );
}

function datesOf(
  { countdown: { own, release }, fromMs, toMs }: Version,
  releases: readonly Release[],
): DateSpan[] {
  if (own) return [{ date: own.date, fromMs, toMs }];
  const dates = releases.find(({ id }) => id === release)?.dates ?? [];
  return dates.flatMap(({ date, fromMs: since }, index) => {
    const until = dates[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const span = { fromMs: Math.max(fromMs, since), toMs: Math.min(toMs, until) };
    return date?.length === 10 && span.fromMs < span.toMs ? [{ date, ...span }] : [];
  });
}

function checkSpan(history: SimHistory, { countdown }: Version, span: DateSpan, endMs: number): string[] {
  if (countdown.pausedAt) return [];
  const inTheWay = [...history.blocked, ...(history.closed.get(countdown.channelId) ?? [])];
  const owed = owedFor(countdown, span.date);
  return owed.flatMap((one, index) => {
    // Before it, the channel must have been told of the date: a notice covers what is due by then.
    const told = findClear(inTheWay, { fromMs: span.fromMs + DAY_MS, toMs: one.dueMs }, CLEAR_MS);
    if (told === undefined) return [];
    const nextMs = owed[index + 1]?.dueMs ?? Number.POSITIVE_INFINITY;
    const toMs = Math.min(one.uselessMs, nextMs, span.toMs, endMs);
    const clear = findClear(inTheWay, { fromMs: one.dueMs, toMs }, CLEAR_MS);
    return clear === undefined ? [] : checkOwed(history, one, clear);
  });
}

function checkOwed(
  { postsOf, records, refused, unreadable, keyOfNonce }: SimHistory,
  owed: Owed,
  clearMs: number,
): string[] {
  if (postsOf.has(owed.key)) return [];
  const record = records.get(owed.key);
  const isAfter = record && 'at' in record && Temporal.Instant.from(record.at).epochMilliseconds >= clearMs;
  const isRefused = [...refused].some((nonce) => keyOfNonce.get(nonce) === owed.key);
  if (record?.state === 'skipped' && record.why === 'rejected') {
    return isRefused ? [] : [`called rejected, but Discord did not refuse it: ${owed.key}`];
  }
  if (record?.state === 'skipped' && record.why === 'unsure' && (isRefused || unreadable.size > 0)) return [];
  if (record?.state === 'skipped' && record.why === 'gave-up' && !isAfter) return [];
  const state = record ? JSON.stringify(record) : 'nothing in the ledger';
  return [
    `not posted, though nothing was in the way since ${new Date(clearMs).toISOString()}: ${owed.key} (${state})`,
  ];
}

/** Compares what `/countdown status` reads with what Discord got. */
export function checkStatus({ posts }: SimHistory, countdownId: string, status: History): string[] {
  const made = posts.filter(({ key }) => key.startsWith(`${countdownId}/`));
  const isUnsure = status.skipped.some(({ why }) => why === 'unsure');
  const { last, postedCount } = status;
  const problems: string[] = [];
  if (isUnsure ? postedCount > made.length : postedCount !== made.length)
    problems.push(`status says ${postedCount} posts of ${countdownId}, Discord has ${made.length}`);
  if (last && !made.some(({ message }) => message.id === last.messageId))
    problems.push(`status names a post of ${countdownId} that Discord does not have: ${last.messageId}`);
  return problems;
}
