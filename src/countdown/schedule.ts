import type { Day } from '../facts/dates.ts';
import type { Countdown, Progress } from './countdown.ts';
import { afterNews, type NewsPlan, newsKey, planNews } from './follow/news-plan.ts';
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
import type { Occurrence, Skip, Start } from './occurrence.ts';
import { dayOf, type Target, toldDateOf } from './target.ts';

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
  if (countdown.follow)
    return planOfNews(countdown, planNews(countdown, countdown.follow, progress, target, now));
  const date = dayOf(target);
  const change = changeOf(countdown, target);
  const notice = mayMove(countdown) ? noticeOf(countdown, progress, target, date) : null;

  if (notice && isNews(notice, now)) {
    if (notAfter(notice.due, now)) return { post: notice, skip: [], next: notice.due, upcoming: [notice] };
    return { post: null, skip: [], next: earliest(notice.due, change), upcoming: [notice] };
  }

  const settled = Temporal.Instant.from(progress.settledThrough);
  const open = date
    ? occurrences(countdown, target, date, settled, now).filter((occurrence) =>
        isOwed(countdown, occurrence, settled),
      )
    : [];
  const dueNow = open.filter(({ due }) => notAfter(due, now));
  const upcoming = open.filter(({ due }) => !notAfter(due, now));
  const newest = dueNow.at(-1);
  const isLate = newest && !notAfter(now, usefulUntil(newest));
  const skip: Skip[] = dueNow.slice(0, -1).map((occurrence) => ({ occurrence, reason: 'collapsed' }));
  if (newest && isLate) skip.push({ occurrence: newest, reason: 'late' });
  return {
    post: newest && !isLate ? newest : null,
    skip,
    next: earliest(upcoming[0]?.due ?? null, change),
    upcoming,
  };
}

/** The plan of an order to post news: however late, it is told what became known. */
function planOfNews(countdown: Countdown, { post, kind, next }: NewsPlan): Plan {
  if (!post) return { ...IDLE, next };
  const { due, items, number } = post;
  const date = due.toZonedDateTimeISO(countdown.timeZone).toPlainDate().toString();
  const key = newsKey(countdown.id, number);
  const occurrence: Occurrence = { key, kind: 'news', due, date, daysBefore: 0, was: null, items };
  if (kind === 'stale') return { ...IDLE, skip: [{ occurrence, reason: 'collapsed' }], next };
  return { post: kind === 'due' ? occurrence : null, skip: [], next, upcoming: [occurrence] };
}

/** Until when a late post is made. One that tells the hours or minutes left is of no use after the start. */
function usefulUntil({ due, start, minutesBefore }: Occurrence): Temporal.Instant {
  return start && minutesBefore ? start.at : due.add(USEFUL_FOR);
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
  if (post.kind === 'news') return afterNews(progress, post.items ?? [], now);
  if (post.kind === 'anniversary') return afterSkip(progress, post);
  const told = post.start ? `${post.date}T${post.start.time}` : post.date;
  if (post.kind === 'milestone') return { ...afterSkip(progress, post), told };
  // A notice tells the days left, so it covers the milestones due by now, but not the post of the day itself.
  const dayItself = post.start?.at ?? postInstantOn(post.date, countdown);
  const isPast = daysLeft(post.date, countdown, now) < 0;
  const covered = !isPast && notAfter(dayItself, now) ? dayItself.subtract({ milliseconds: 1 }) : now;
  return {
    told,
    settledThrough: latest(covered, Temporal.Instant.from(progress.settledThrough)).toString(),
  };
}

/** Returns the progress after an occurrence was skipped. */
export function afterSkip(progress: Progress, skipped: Occurrence): Progress {
  if (skipped.kind === 'news') return afterNews(progress, skipped.items ?? [], undefined);
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
  const next = toldDateOf(target);
  if (!date || next === told) return null;
  const known = latest(
    startOfUtcDay(target.since),
    Temporal.Instant.from(countdown.since ?? countdown.createdAt),
  );
  const kind = told ? 'moved' : 'dated';
  const start = startOf(countdown, target, date);
  const due = nextPostInstant(known, countdown);
  return keepOwedDue(countdown, {
    // The day it became known tells apart a date that moves away, back, and away again.
    key: `${countdown.id}/${kind}/${told ?? 'undated'}/${next}/${target.since}`,
    kind,
    // After the start the notice would come too late.
    due: start && notAfter(start.at, due) ? known : due,
    date,
    daysBefore: 0,
    ...(start && { start }),
    was: told,
  });
}

function startOf({ timeZone }: Countdown, { time }: Target, date: Day): Start | undefined {
  return time === undefined ? undefined : { time, at: postInstantOn(date, { timeZone, time }) };
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
  target: Target,
  date: Day,
  settled: Temporal.Instant,
  now: Temporal.Instant,
): Occurrence[] {
  const dates = countdown.anniversary ? anniversaries(date, settled, now) : [date];
  const start = startOf(countdown, target, date);
  if (countdown.live) {
    const onDay = start
      ? occurrencesBefore({ ...countdown, milestones: [0], minutesBefore: undefined }, date, start)
      : dates.map((on) => occurrenceOn(countdown, on, 0));
    return [...liveDays(countdown, dates, start, now), ...onDay]
      .map((occurrence) => keepOwedDue(countdown, occurrence))
      .sort(byDueInstant);
  }
  const all = start
    ? occurrencesBefore(countdown, date, start)
    : dates.flatMap((on) => countdown.milestones.map((days) => occurrenceOn(countdown, on, days)));
  // Of two at one instant the nearer milestone comes last: the newest is posted.
  return all.map((occurrence) => keepOwedDue(countdown, occurrence)).sort(byDueInstant);
}

const byDueInstant = (a: Occurrence, b: Occurrence) =>
  Temporal.Instant.compare(a.due, b.due) || minutesLeft(b) - minutesLeft(a);

/** The days before the next date on which a live message changes: the newest that is due, and the following one. */
function liveDays(
  countdown: Countdown,
  dates: readonly Day[],
  start: Start | undefined,
  now: Temporal.Instant,
): Occurrence[] {
  const date = dates.find((day) => daysLeft(day, countdown, now) >= 0);
  if (!date) return [];
  const left = daysLeft(date, countdown, now);
  const days = [left + 1, left, left - 1]
    .filter((daysBefore) => daysBefore > 0)
    .map((daysBefore): Occurrence => {
      const occurrence = occurrenceOn(countdown, date, daysBefore);
      const key = `${countdown.id}/live/${daysBefore}/${date}`;
      const due = start ? earlier(occurrence.due, start.at) : occurrence.due;
      return { ...occurrence, key, due, ...(start && { start }), isLive: true };
    });
  const newest = days.findLastIndex(({ due }) => notAfter(due, now));
  return days.slice(Math.max(0, newest));
}

const minutesLeft = ({ daysBefore, minutesBefore = 0 }: Occurrence) => daysBefore * 24 * 60 + minutesBefore;

function occurrenceOn(countdown: Countdown, date: Day, daysBefore: number): Occurrence {
  const kind = countdown.anniversary ? 'anniversary' : 'milestone';
  const day = Temporal.PlainDate.from(date).subtract({ days: daysBefore }).toString();
  const key = `${countdown.id}/${kind}/${daysBefore}/${date}`;
  return { key, kind, due: postInstantOn(day, countdown), date, daysBefore, was: null };
}

/**
 * The milestones of a date with an hour: those of earlier days at the countdown's local time, the others at the start or so many
 * minutes before it. The keys of the latter hold the hour: another hour is another start.
 */
function occurrencesBefore(countdown: Countdown, date: Day, start: Start): Occurrence[] {
  const atStart = (minutesBefore: number, name: string): Occurrence => ({
    key: `${countdown.id}/milestone/${name}/${date}T${start.time}`,
    kind: 'milestone',
    due: start.at.subtract({ minutes: minutesBefore }),
    date,
    daysBefore: 0,
    start,
    ...(minutesBefore > 0 && { minutesBefore }),
    was: null,
  });
  const days = countdown.milestones.map((daysBefore) => {
    if (daysBefore === 0) return atStart(0, '0');
    const occurrence = occurrenceOn(countdown, date, daysBefore);
    // A zone may skip a day: the local time of the day before is then one of the day itself.
    return { ...occurrence, start, due: earlier(occurrence.due, start.at) };
  });
  return [...days, ...(countdown.minutesBefore ?? []).map((minutes) => atStart(minutes, `${minutes}m`))];
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (notAfter(a, b) ? a : b);

/** The anniversaries from the last settled post to the years ahead. February 29 is celebrated on the 28th. */
function anniversaries(date: Day, settled: Temporal.Instant, now: Temporal.Instant): Day[] {
  const first = Temporal.PlainDate.from(date);
  const from = Math.max(1, settled.toZonedDateTimeISO('UTC').year - first.year - 1);
  const to = now.toZonedDateTimeISO('UTC').year - first.year + YEARS_AHEAD;
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return years.map((count) => first.add({ years: count }).toString());
}
