import type { Day, PartialDay } from '../facts/dates.ts';
import { precisionOf } from '../facts/dates.ts';
import type { Countdown, Progress } from './countdown.ts';

/** What the facts say of the release that is counted to. */
export interface Target {
  /** Its date, as exactly as it is known; null where it is undated or dropped. */
  date: PartialDay | null;
  /** The day since which it is known. */
  since: Day;
  /** The next day on which the facts about it change, as far as the data reaches; null where they do not. */
  changes: Day | null;
}

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

/** A post is still useful this long after it was due: its text tells the days left at the time it is posted. */
export const USEFUL_FOR = Temporal.Duration.from({ hours: 7 * 24 });

/** An anniversary countdown looks this many years ahead: enough for the longest milestone. */
const YEARS_AHEAD = 2;

/**
 * Decides what a countdown posts now. Pure: the same countdown, progress, target and instant give the same plan, on any
 * process and after any crash.
 *
 * A date that differs from the one the channel was told is announced first, once, and covers the milestones that fell
 * due by then. Of several milestones that were missed, the newest is posted and the older ones are skipped.
 */
export function planOf(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): Plan {
  const date = target.date && precisionOf(target.date) === 'day' ? target.date : null;
  const change =
    target.changes && !countdown.anniversary ? slotFrom(startOfUtcDay(target.changes), countdown) : null;
  const notice = countdown.anniversary ? null : noticeOf(countdown, progress, target, date);

  if (notice && isNews(notice, now)) {
    if (notAfter(notice.due, now)) return { post: notice, skip: [], next: notice.due, upcoming: [notice] };
    return { post: null, skip: [], next: earliest(notice.due, change), upcoming: [notice] };
  }

  const settled = Temporal.Instant.from(progress.settledThrough);
  const open = date
    ? occurrences(countdown, date, settled, now).filter((one) => !notAfter(one.due, settled))
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
  if (post.kind === 'milestone' || post.kind === 'anniversary') return afterSkip(progress, post);
  // The notice tells the days left, so it covers the milestones due by now; but not the post of the day itself,
  // unless that day has passed.
  const dayItself = slotOn(post.date, countdown);
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

/** The local days from the day of `now` in the countdown's zone to the date counted to; negative once it is past. */
export function daysLeft(date: Day, countdown: Pick<Countdown, 'timeZone'>, now: Temporal.Instant): number {
  const today = now.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  return today.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
}

/**
 * The instant of a countdown's local time on a day. Where the clocks skip that time, the instant as far after the gap;
 * where they show it twice, the first of the two (`Temporal`'s "compatible").
 */
export function slotOn(day: Day, { timeZone, time }: Pick<Countdown, 'timeZone' | 'time'>): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(time);
  return Temporal.PlainDate.from(day).toPlainDateTime(plainTime).toZonedDateTime(timeZone).toInstant();
}

/** The first local time of the countdown at or after an instant. */
function slotFrom(instant: Temporal.Instant, countdown: Countdown): Temporal.Instant {
  let day = instant.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  // A day may have skipped its slot (the date line moved), so the first one found may lie a few days on.
  for (;;) {
    const slot = slotOn(day.toString(), countdown);
    if (Temporal.Instant.compare(slot, instant) >= 0) return slot;
    day = day.add({ days: 1 });
  }
}

function noticeOf(
  countdown: Countdown,
  { told }: Progress,
  target: Target,
  date: Day | null,
): Occurrence | null {
  if (!date || date === told) return null;
  const known = startOfUtcDay(target.since);
  const due = slotFrom(latest(known, Temporal.Instant.from(countdown.createdAt)), countdown);
  const kind = told ? 'moved' : 'dated';
  return {
    // The day on which it became known tells a date that moves there, back and there again from one that moved once.
    key: `${countdown.id}/${kind}/${told ?? 'undated'}/${date}/${target.since}`,
    kind,
    due,
    date,
    daysBefore: 0,
    was: told,
  };
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
      return { key, kind, due: slotOn(day, countdown), date: on, daysBefore, was: null };
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

function startOfUtcDay(day: Day): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();
}

const notAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) <= 0;
const latest = (a: Temporal.Instant, b: Temporal.Instant) => (notAfter(a, b) ? b : a);
const earliest = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a && b ? (notAfter(a, b) ? a : b) : (a ?? b);
