import type { Day } from '../facts/dates.ts';

/** A day as it was typed: the calendar may lack it. Without a year, the next one is meant. */
export interface TypedDay {
  year?: number | undefined;
  month: number;
  day: number;
}

/** Which of two numbers comes first where a reader writes a day and a month. */
type DayOrder = 'day-first' | 'month-first' | 'unknown';

const YEAR_FIRST = /^(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2}))?\.?$/;
const CENTURY = 2000;

/**
 * Reads a date in numbers, such as "2026-12-31", "24.12.2026", "12/24". Returns each day that it may mean to the reader: two where
 * neither the numbers nor the reader's order tell the day from the month, none where no calendar has it. Undefined where the text may
 * be something else.
 */
export function readNumericDate(text: string, locale: string): TypedDay[] | undefined {
  const whole = YEAR_FIRST.exec(text);
  if (whole)
    return inCalendarForm([{ year: Number(whole[1]), month: Number(whole[3]), day: Number(whole[4]) }]) ?? [];
  const match = YEAR_LAST.exec(text);
  if (!match) return undefined;
  const [, first, separator, second, typedYear] = match;
  const [a, b] = [Number(first), Number(second)];
  const year = typedYear && Number(typedYear) + (typedYear.length === 2 ? CENTURY : 0);
  const rest = year ? { year } : {};
  const dayFirst = inCalendarForm([{ ...rest, day: a, month: b }]);
  const monthFirst = inCalendarForm([{ ...rest, day: b, month: a }]);
  if (!dayFirst || !monthFirst || a === b) return dayFirst ?? monthFirst ?? (year ? [] : undefined);
  const order = dayOrder(locale, Boolean(year));
  // Dots belong to the order of day, month, year: another order makes them doubtful.
  if (order === 'unknown' || (separator === '.' && order === 'month-first'))
    return [...dayFirst, ...monthFirst];
  return order === 'day-first' ? dayFirst : monthFirst;
}

/** Undefined where no calendar has such a month or day. */
const inCalendarForm = (days: TypedDay[]): TypedDay[] | undefined =>
  days.every(({ month, day }) => month >= 1 && month <= 12 && day >= 1 && day <= 31) ? days : undefined;

/** Returns in which order a reader writes day and month; unknown where they write the year first, and it was typed last. */
function dayOrder(locale: string, hasYear: boolean): DayOrder {
  const format = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    day: 'numeric',
    month: 'numeric',
    ...(hasYear && { year: 'numeric' }),
  });
  const parts = format.formatToParts(0).map(({ type }) => type);
  if (hasYear && parts.indexOf('year') < parts.indexOf('day')) return 'unknown';
  return parts.indexOf('day') < parts.indexOf('month') ? 'day-first' : 'month-first';
}

/** How many years may pass until a month has a day again: February 29, past a century's end. */
const MAX_YEARS_TO_NEXT = 8;

/** Returns the day that was typed, or the next one of its name where the year was left out; undefined where the calendar has none. */
export function findDay({ year, month, day }: TypedDay, today: Temporal.PlainDate): Day | undefined {
  if (year !== undefined) return dayIn(year, month, day)?.toString();
  for (let count = 0; count <= MAX_YEARS_TO_NEXT; count += 1) {
    const date = dayIn(today.year + count, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date.toString();
  }
  return undefined;
}

function dayIn(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  return day <= daysInMonth ? Temporal.PlainDate.from({ year, month, day }) : undefined;
}
