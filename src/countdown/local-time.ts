import type { Day } from '../facts/dates.ts';
import type { Countdown } from './countdown.ts';

/** Returns the days from `now`, in the countdown's zone, to a date; negative once the date is past. */
export function daysLeft(date: Day, countdown: Pick<Countdown, 'timeZone'>, now: Temporal.Instant): number {
  const today = now.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  return today.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
}

/**
 * Returns the instant of a countdown's local time on a day. Where clocks skip that time, it is moved by the length of the gap;
 * where they show it twice, it is the first (`Temporal`'s "compatible").
 */
export function postInstantOn(
  day: Day,
  { timeZone, time }: Pick<Countdown, 'timeZone' | 'time'>,
): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(time);
  return Temporal.PlainDate.from(day).toPlainDateTime(plainTime).toZonedDateTime(timeZone).toInstant();
}

/** Whether this program knows a stored time zone: rules change, and a zone may come from a newer version. */
export function isKnownZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Returns the first instant of the countdown's local time at or after an instant. */
export function nextPostInstant(instant: Temporal.Instant, countdown: Countdown): Temporal.Instant {
  let day = instant.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  // A zone may skip a whole day, as Samoa did in 2011, so this may take more than two steps.
  for (;;) {
    const candidate = postInstantOn(day.toString(), countdown);
    if (Temporal.Instant.compare(candidate, instant) >= 0) return candidate;
    day = day.add({ days: 1 });
  }
}

/** Returns the instant at which a UTC day begins. */
export function startOfUtcDay(day: Day): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();
}

/** Whether `a` is `b` or earlier. */
export const notAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) <= 0;
/** Returns whether `a` is before `b`. */
export const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;
/** Returns the later of two instants. */
export const latest = (a: Temporal.Instant, b: Temporal.Instant) => (notAfter(a, b) ? b : a);
/** Returns the earlier of two instants, either of which may be missing. */
export const earliest = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a && b ? (notAfter(a, b) ? a : b) : (a ?? b);
