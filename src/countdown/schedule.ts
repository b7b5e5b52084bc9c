import type { Day } from '../facts/dates.ts';
import type { Countdown, Progress } from './countdown.ts';
import {
  daysLeft,
  earliest,
  isKnownZone,
  latest,
  nextPostInstant,
  notAfter,
  postInstantOn,
  startOfUtcDay,
} from './local-time.ts';
import { dayOf, type Target } from './target.ts';

/** One post of a countdown: what it is for, and when it is due. */
export interface Occurrence {
  /** Made of the countdown, the milestone and the date; stable, so the ledger knows by it what was posted. */
  key: string;
  kind: 'milestone' | 'anniversary' | 'moved' | 'dated';
  due: Temporal.Instant;
  /** The date counted to. */
  date: Day;
  /** Days before the date, of milestones. */
  daysBefore: number;
  /** The date that the channel was told before, for a moved date. */
  was: Day | null;
}

/** Why an occurrence is not posted. */
export type SkipReason = 'late' | 'collapsed';
/** An occurrence that is not posted. */
export interface Skip {
  occurrence: Occurrence;
  reason: SkipReason;
}

/** What to do with a countdown now, and when to check it again. */
export interface Plan {
  post: Occurrence | null;
  skip: Skip[];
  /** The next instant at which something is or may be due; null where nothing more will ever be. */
  next: Temporal.Instant | null;
  /** The next occurrence as the facts stand. */
  upcoming: Occurrence[];
}

const IDLE: Plan = { post: null, skip: [], next: null, upcoming: [] };

/** A late post is made for this long: its text tells the days left at the time of posting. */
export const USEFUL_FOR = Temporal.Duration.from({ hours: 7 * 24 });

/** How many years of anniversaries are planned: enough for the longest milestone. */
const YEARS_AHEAD = 2;

/**
 * Decides what a countdown posts now. Pure: the same arguments give the same plan, in any process and after any crash.
 *
 * A date that differs from the one the channel was told is announced first, once; that covers the milestones due by then. Of
 * several missed milestones the newest is posted, the others are skipped. What fell due before the last edit is not posted,
 * except the one post that was due then and not yet made.
 */
export function planOf(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): Plan {
  if (countdown.pausedAt || !isKnownZone(countdown.timeZone)) return IDLE;
  const date = dayOf(target);
  const change = changeOf(countdown, target);
  const notice = mayMove(countdown) ? noticeOf(countdown, progress, target, date) : null;

  if (notice && isNews(notice, now)) {
    if (notAfter(notice.due, now)) return { post: notice, skip: [], next: notice.due, upcoming: [notice] };
    return { post: null, skip: [], next: earliest(notice.due, change), upcoming: [notice] };
  }

  const settled = Temporal.Instant.from(progress.settledThrough);
  const open = date
    ? occurrences(countdown, date, settled, now).filter((occurrence) =>
        isOwed(countdown, occurrence, settled),
      )
    : [];
  const dueNow = open.filter(({ due }) => notAfter(due, now));
  const upcoming = open.filter(({ due }) => !notAfter(due, now));
  const newest = dueNow.at(-1);
  const isLate = newest && !notAfter(now, newest.due.add(USEFUL_FOR));
  const skip: Skip[] = dueNow.slice(0, -1).map((occurrence) => ({ occurrence, reason: 'collapsed' }));
  if (newest && isLate) skip.push({ occurrence: newest, reason: 'late' });
  return {
    post: newest && !isLate ? newest : null,
    skip,
    next: earliest(upcoming[0]?.due ?? null, change),
    upcoming,
  };
}

/** When to look again because the facts about the release change; null where they do not, or where that changes no post. */
function changeOf(countdown: Countdown, { changes }: Target): Temporal.Instant | null {
  return changes && !countdown.anniversary ? nextPostInstant(startOfUtcDay(changes), countdown) : null;
}

/** Returns the progress after an occurrence was posted. */
export function afterPost(
  countdown: Countdown,
  progress: Progress,
  post: Occurrence,
  now: Temporal.Instant,
): Progress {
  if (post.kind === 'anniversary') return afterSkip(progress, post);
  if (post.kind === 'milestone') return { ...afterSkip(progress, post), told: post.date };
  // A notice tells the days left, so it covers the milestones due by now, but not the post of the day itself.
  const dayItself = postInstantOn(post.date, countdown);
  const isPast = daysLeft(post.date, countdown, now) < 0;
  const covered = !isPast && notAfter(dayItself, now) ? dayItself.subtract({ milliseconds: 1 }) : now;
  return {
    told: post.date,
    settledThrough: latest(covered, Temporal.Instant.from(progress.settledThrough)).toString(),
  };
}

/** Returns the progress after an occurrence was skipped. */
export function afterSkip(progress: Progress, skipped: Occurrence): Progress {
  const settled = latest(skipped.due, Temporal.Instant.from(progress.settledThrough));
  return { ...progress, settledThrough: settled.toString() };
}

/** Whether a changed date is announced: never for anniversaries; for a server's own date only if an edit asks for it. */
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
  return keepOwedDue(countdown, {
    // The day it became known tells apart a date that moves away, back, and away again.
    key: `${countdown.id}/${kind}/${told ?? 'undated'}/${date}/${target.since}`,
    kind,
    due: nextPostInstant(known, countdown),
    date,
    daysBefore: 0,
    was: told,
  });
}

/** The post that was due at the last edit keeps the instant at which it was due. */
function keepOwedDue({ owed }: Countdown, occurrence: Occurrence): Occurrence {
  return owed?.key === occurrence.key ? { ...occurrence, due: Temporal.Instant.from(owed.due) } : occurrence;
}

function isOwed({ since, owed }: Countdown, { key, due }: Occurrence, settled: Temporal.Instant): boolean {
  const changed = since && owed?.key !== key ? Temporal.Instant.from(since) : settled;
  return !notAfter(due, latest(settled, changed));
}

/** Whether a date is recent or ahead: one that passed long ago is not announced. */
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
      return keepOwedDue(countdown, { key, kind, due, date: on, daysBefore, was: null });
    }),
  );
  // Of two at one instant the nearer milestone comes last: the newest is posted.
  return all.sort((a, b) => Temporal.Instant.compare(a.due, b.due) || b.daysBefore - a.daysBefore);
}

/** The anniversaries from the last settled post to the years ahead. February 29 is celebrated on the 28th. */
function anniversaries(date: Day, settled: Temporal.Instant, now: Temporal.Instant): Day[] {
  const first = Temporal.PlainDate.from(date);
  const from = Math.max(1, settled.toZonedDateTimeISO('UTC').year - first.year - 1);
  const to = now.toZonedDateTimeISO('UTC').year - first.year + YEARS_AHEAD;
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return years.map((count) => first.add({ years: count }).toString());
}
