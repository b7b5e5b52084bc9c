/**
 * Days and partial days as ISO text: "2025-06-06", "2025-06", "2025". Whole days sort as text; a date known only as a month
 * or a year is a span of days, and is ordered with `compareDates`. Arithmetic is done with `Temporal`, where it is needed.
 */
export type Day = string;
/** A day, a month or a year as ISO text: "2025-06-06", "2025-06", "2025". */
export type PartialDay = string;

/** Matches the form of a day; whether the calendar has it is another question. */
export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
/** Matches the form of a day, a month or a year. */
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

/** The first and the last day that a partial day can mean: "2019-10" is October 1 to 31, 2019. */
export function spanOf(date: PartialDay): { from: Day; to: Day } {
  const from = Temporal.PlainDate.from(firstDay(date));
  const span = { day: { days: 1 }, month: { months: 1 }, year: { years: 1 } }[precisionOf(date)];
  return { from: from.toString(), to: from.add(span).subtract({ days: 1 }).toString() };
}

/** Whether every day that `date` can mean is before every day that `other` can mean. */
export function isWhollyBefore(date: PartialDay, other: PartialDay): boolean {
  return spanOf(date).to < spanOf(other).from;
}

/**
 * Orders partial days for `sort`. Spans that overlap are ordered by their last day, so that a year stands after the days of
 * it that are known.
 */
export function compareDates(one: PartialDay, other: PartialDay): number {
  const [a, b] = [spanOf(one), spanOf(other)];
  return compareText(a.to, b.to) || compareText(b.from, a.from);
}

/** The newest of some dates by their first days: one known only by its year counts as from January. */
export function newestOf(dates: readonly PartialDay[]): PartialDay | undefined {
  return dates.toSorted((a, b) => compareText(firstDay(a), firstDay(b))).at(-1);
}

const firstDay = (date: PartialDay): Day => date.padEnd(10, '-01');

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** How many days lie between the last day that `date` can mean and `day`; negative where it lies ahead. */
export function daysSince(date: PartialDay, day: Day): number {
  return Temporal.PlainDate.from(spanOf(date).to).until(Temporal.PlainDate.from(day), { largestUnit: 'days' })
    .days;
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
