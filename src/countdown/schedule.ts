import { type Day, precisionOf } from '../facts/dates.ts';
import type { Countdown, Progress } from './countdown.ts';
import {
  daysLeft,
  earliest,
  latest,
  nextPostInstant,
  notAfter,
  postInstantOn,
  startOfUtcDay,
} from './local-time.ts';
import type { Target } from './target.ts';

/** One post of a countdown: what it is for, and when it is due. */
export interface Occurrence {
  /** Stable, made of the countdown, the milestone and the date counted to: what is posted once is posted under it. */
  key: string;
  kind: 'milestone' | 'anniversary' | 'moved' | 'dated';
  due: Temporal.Instant;
  /** The date counted to. */
  date: Day;
  /** Days before the date, of milestones. */
  daysBefore: number;
  /** What the channel was told before, of a moved date. */
  was: Day | null;
}

/** Why an occurrence is not posted. */
export type SkipReason = 'late' | 'collapsed';
export interface Skip {
  occurrence: Occurrence;
  reason: SkipReason;
}

/** What is to be done with a countdown now, and when to look at it again. */
export interface Plan {
  post: Occurrence | null;
  skip: Skip[];
  /** The next instant at which something is or may be due; null where nothing more will ever be. */
  next: Temporal.Instant | null;
  /** The next occurrence as the facts stand. */
  upcoming: Occurrence[];
}

const IDLE: Plan = { post: null, skip: [], next: null, upcoming: [] };

/** A post is still useful this long after it was due: its text tells the days left at the time it is posted. */
export const USEFUL_FOR = Temporal.Duration.from({ hours: 7 * 24 });

/** An anniversary countdown looks this many years ahead: enough for the longest milestone. */
const YEARS_AHEAD = 2;

/**
 * Decides what a countdown posts now. Pure: the same countdown, progress, target and instant give the same plan, on any
 * process and after any crash.
 *
 * A date that differs from the one the channel was told is announced first, once, and covers the milestones that fell
 * due by then. Of several milestones that were missed, the newest is posted and the older ones are skipped. What fell due
 * before the order was last changed is not owed, but for the post that was due then and had not been made.
 */
export function planOf(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): Plan {
  if (countdown.pausedAt) return IDLE;
  const date = target.date && precisionOf(target.date) === 'day' ? target.date : null;
  const change =
    target.changes && !countdown.anniversary
      ? nextPostInstant(startOfUtcDay(target.changes), countdown)
      : null;
  const notice = mayMove(countdown) ? noticeOf(countdown, progress, target, date) : null;

  if (notice && isNews(notice, now)) {
    if (notAfter(notice.due, now)) return { post: notice, skip: [], next: notice.due, upcoming: [notice] };
    return { post: null, skip: [], next: earliest(notice.due, change), upcoming: [notice] };
  }

  const settled = Temporal.Instant.from(progress.settledThrough);
  const open = date
    ? occurrences(countdown, date, settled, now).filter((one) => isOwed(countdown, one, settled))
    : [];
  const due = open.filter((one) => notAfter(one.due, now));
  const upcoming = open.filter((one) => !notAfter(one.due, now));
  const newest = due.at(-1);
  const late = newest && !notAfter(now, newest.due.add(USEFUL_FOR));
  const skip: Skip[] = due.slice(0, -1).map((occurrence) => ({ occurrence, reason: 'collapsed' }));
  if (newest && late) skip.push({ occurrence: newest, reason: 'late' });
  return {
    post: newest && !late ? newest : null,
    skip,
    next: earliest(upcoming[0]?.due ?? null, change),
    upcoming,
  };
}

/** The progress once an occurrence is posted, or known to have been posted. */
export function afterPost(
  countdown: Countdown,
  progress: Progress,
  post: Occurrence,
  now: Temporal.Instant,
): Progress {
  if (post.kind === 'anniversary') return afterSkip(progress, post);
  if (post.kind === 'milestone') return { ...afterSkip(progress, post), told: post.date };
  // The notice tells the days left, so it covers the milestones due by now; but not the post of the day itself,
  // unless that day has passed.
  const dayItself = postInstantOn(post.date, countdown);
  const isPast = daysLeft(post.date, countdown, now) < 0;
  const covered = !isPast && notAfter(dayItself, now) ? dayItself.subtract({ milliseconds: 1 }) : now;
  return {
    told: post.date,
    settledThrough: latest(covered, Temporal.Instant.from(progress.settledThrough)).toString(),
  };
}

/** The progress once an occurrence is skipped. */
export function afterSkip(progress: Progress, skipped: Occurrence): Progress {
  const settled = latest(skipped.due, Temporal.Instant.from(progress.settledThrough));
  return { ...progress, settledThrough: settled.toString() };
}

/** Anniversaries stay where they are, and so does a date of the server's own unless the channel is to be told. */
function mayMove({ anniversary, own }: Countdown): boolean {
  return !anniversary && (!own || own.movedOn !== undefined);
}

function noticeOf(
  countdown: Countdown,
  { told }: Progress,
  target: Target,
  date: Day | null,
): Occurrence | null {
  if (!date || date === told) return null;
  const known = latest(
    startOfUtcDay(target.since),
    Temporal.Instant.from(countdown.since ?? countdown.createdAt),
  );
  const kind = told ? 'moved' : 'dated';
  return atItsDue(countdown, {
    // The day on which it became known tells a date that moves there, back and there again from one that moved once.
    key: `${countdown.id}/${kind}/${told ?? 'undated'}/${date}/${target.since}`,
    kind,
    due: nextPostInstant(known, countdown),
    date,
    daysBefore: 0,
    was: told,
  });
}

/** What was due when the order was changed keeps the instant at which it was due. */
function atItsDue({ owed }: Countdown, occurrence: Occurrence): Occurrence {
  return owed?.key === occurrence.key ? { ...occurrence, due: Temporal.Instant.from(owed.due) } : occurrence;
}

function isOwed({ since, owed }: Countdown, { key, due }: Occurrence, settled: Temporal.Instant): boolean {
  const changed = since && owed?.key !== key ? Temporal.Instant.from(since) : settled;
  return !notAfter(due, latest(settled, changed));
}

/** A date that was set and has long passed is no news. */
function isNews({ date }: Occurrence, now: Temporal.Instant): boolean {
  return notAfter(now, startOfUtcDay(date).add(USEFUL_FOR));
}

function occurrences(
  countdown: Countdown,
  date: Day,
  settled: Temporal.Instant,
  now: Temporal.Instant,
): Occurrence[] {
  const dates = countdown.anniversary ? anniversaries(date, settled, now) : [date];
  const kind = countdown.anniversary ? 'anniversary' : 'milestone';
  const all = dates.flatMap((on) =>
    countdown.milestones.map((daysBefore): Occurrence => {
      const day = Temporal.PlainDate.from(on).subtract({ days: daysBefore }).toString();
      const key = `${countdown.id}/${kind}/${daysBefore}/${on}`;
      const due = postInstantOn(day, countdown);
      return atItsDue(countdown, { key, kind, due, date: on, daysBefore, was: null });
    }),
  );
  // Where two fall on one instant, the nearer milestone says more: it comes last, as the newest.
  return all.sort((a, b) => Temporal.Instant.compare(a.due, b.due) || b.daysBefore - a.daysBefore);
}

/** The anniversaries that may matter from what is settled to the years ahead. February 29 is kept on the 28th. */
function anniversaries(date: Day, settled: Temporal.Instant, now: Temporal.Instant): Day[] {
  const first = Temporal.PlainDate.from(date);
  const from = Math.max(1, settled.toZonedDateTimeISO('UTC').year - first.year - 1);
  const to = now.toZonedDateTimeISO('UTC').year - first.year + YEARS_AHEAD;
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return years.map((count) => first.add({ years: count }).toString());
}
