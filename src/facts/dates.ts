/**
 * Days and partial days as ISO text: "2025-06-06", "2025-06", "2025". ISO text sorts in time order, and a date that is
 * only a month stays only a month. Arithmetic is done with `Temporal`, where it is needed.
 */
export type Day = string;
export type PartialDay = string;

export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
export const PARTIAL_DAY_PATTERN = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** How exactly a date is known. */
export type Precision = 'day' | 'month' | 'year';

/** The precision of a partial day. */
export function precisionOf(date: PartialDay): Precision {
  return date.length === 10 ? 'day' : date.length === 7 ? 'month' : 'year';
}

/** Whether the text names a day (month, year) that the calendar has. */
export function isCalendarDate(date: string): boolean {
  if (!PARTIAL_DAY_PATTERN.test(date)) return false;
  try {
    Temporal.PlainDate.from(date.padEnd(10, '-01'), { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** Whether `date` lies wholly before `day`, judged at the precision of `date`: "2025-06" is not before "2025-06-30". */
export function isBefore(date: PartialDay, day: Day): boolean {
  return date < day.slice(0, date.length);
}

/** Whether `date` lies wholly after `day`, judged at the precision of `date`. */
export function isAfter(date: PartialDay, day: Day): boolean {
  return date > day.slice(0, date.length);
}

/** The UTC day of an instant: the day by which facts are known or not yet known, the same for every reader. */
export function utcDay(instant: Temporal.Instant): Day {
  return instant.toZonedDateTimeISO('UTC').toPlainDate().toString();
}
