import type { Day } from '../facts/dates.ts';
import type { Countdown } from './countdown.ts';

/** The local days from the day of `now` in the countdown's zone to the date counted to; negative once it is past. */
export function daysLeft(date: Day, countdown: Pick<Countdown, 'timeZone'>, now: Temporal.Instant): number {
  const today = now.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  return today.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
}

/**
 * The instant of a countdown's local time on a day. Where the clocks skip that time, the instant as far after the gap;
 * where they show it twice, the first of the two (`Temporal`'s "compatible").
 */
export function postInstantOn(
  day: Day,
  { timeZone, time }: Pick<Countdown, 'timeZone' | 'time'>,
): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(time);
  return Temporal.PlainDate.from(day).toPlainDateTime(plainTime).toZonedDateTime(timeZone).toInstant();
}

/** The first local time of the countdown at or after an instant. */
export function nextPostInstant(instant: Temporal.Instant, countdown: Countdown): Temporal.Instant {
  let day = instant.toZonedDateTimeISO(countdown.timeZone).toPlainDate();
  // A day may have skipped its slot (the date line moved), so the first one found may lie a few days on.
  for (;;) {
    const slot = postInstantOn(day.toString(), countdown);
    if (Temporal.Instant.compare(slot, instant) >= 0) return slot;
    day = day.add({ days: 1 });
  }
}

export function startOfUtcDay(day: Day): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();
}

export const notAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) <= 0;
export const latest = (a: Temporal.Instant, b: Temporal.Instant) => (notAfter(a, b) ? b : a);
export const earliest = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a && b ? (notAfter(a, b) ? a : b) : (a ?? b);
