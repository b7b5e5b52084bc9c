import type { Day, PartialDay } from '../facts/dates.ts';
import { findDay, readNumericDate, type TypedDay } from './numeric-date.ts';
import { readTimes } from './read-time.ts';

/** A day, and a local time on it where one was typed. */
export interface Moment {
  date: Day;
  /** HH:MM */
  time?: string;
}

/** What a typed date means. */
export type DateReading =
  /** One meaning, or several of which the person has to choose. */
  | { kind: 'read'; meanings: readonly [Moment, ...Moment[]] }
  /** The month lacks that day. */
  | { kind: 'no-such-day'; month: PartialDay }
  /** It is no date, or more than one. */
  | { kind: 'unreadable' };

/** A date in words, as a library found it. */
export interface DateInWords extends TypedDay {
  /** HH:MM */
  time?: string;
  /** Whether it was named by its weekday. */
  isWeekday: boolean;
}

/** Finds the date that a text in words means by the local time `now`; undefined where the text is anything else, or more. */
export type FindDateInWords = (text: string, now: Temporal.ZonedDateTime) => DateInWords | undefined;

/** What a text is read by. */
export interface ReadingContext {
  /** The current time in the countdown's zone. */
  now: Temporal.ZonedDateTime;
  /** The reader's locale: it orders day and month in numbers. */
  locale: string;
  /** The reader's language first. */
  finders: readonly FindDateInWords[];
}

/** A time has at most so many words: "8 in the evening". */
const MAX_TIME_WORDS = 5;

/**
 * Reads a date as people type it, with or without a time: "24.12.2026", "next Friday", "Dec 24 8pm", "in 3 weeks". Pure: the same
 * text, context and finders give the same reading.
 */
export function readDate(typed: string, context: ReadingContext): DateReading {
  const text = typed
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^(\d{4}-\d{2}-\d{2})t(?=\d)/i, '$1 ');
  const numeric = readNumericDate(text, context.locale);
  if (numeric) return resolve(numeric, context.now);
  const today = readTimeAlone(text, context.now);
  if (today) return today;
  for (const [dayText, times] of splitTime(text)) {
    const reading = readDay(dayText, context);
    if (reading.kind === 'no-such-day') return reading;
    if (reading.kind === 'unreadable' || reading.meanings.some(({ time }) => time)) continue;
    return oneOf(reading.meanings.flatMap(({ date }) => times.map((time) => ({ date, time }))));
  }
  return readWords(text, context);
}

function oneOf(meanings: readonly Moment[]): DateReading {
  const [first, ...others] = meanings;
  return first ? { kind: 'read', meanings: [first, ...others] } : { kind: 'unreadable' };
}

/** Reads a date without a time. */
function readDay(text: string, context: ReadingContext): DateReading {
  const numeric = readNumericDate(text, context.locale);
  if (numeric) return resolve(numeric, context.now);
  const reading = readWords(text, context);
  const hasTime = reading.kind === 'read' && reading.meanings.some(({ time }) => time);
  return hasTime ? { kind: 'unreadable' } : reading;
}

/** Returns the days that the calendar has; only where it has none, that it lacks the one that was typed. */
function resolve(days: readonly TypedDay[], now: Temporal.ZonedDateTime): DateReading {
  const today = now.toPlainDate();
  const found = days.flatMap((day) => findDay(day, today) ?? []);
  const [first] = days;
  if (found.length > 0 || !first) return oneOf(found.map((date) => ({ date })));
  const month = Temporal.PlainYearMonth.from({ year: first.year ?? today.year, month: first.month });
  return { kind: 'no-such-day', month: month.toString() };
}

/** A time alone is the next time the clock shows it. An hour alone could be a day as well, and is not read. */
function readTimeAlone(text: string, now: Temporal.ZonedDateTime): DateReading | undefined {
  const times = /^\d+$/.test(text) ? [] : readTimes(text);
  if (times.length === 0) return undefined;
  const today = now.toPlainDate();
  return oneOf(
    times.map((time) => {
      const isAhead = Temporal.PlainTime.compare(time, now.toPlainTime()) > 0;
      return { date: (isAhead ? today : today.add({ days: 1 })).toString(), time };
    }),
  );
}

/** Returns the ways to part a text into a date and a time, which may come first or last: the longest time first. */
function splitTime(text: string): [string, string[]][] {
  const words = text.split(/,? /);
  const lengths = Array.from({ length: Math.min(MAX_TIME_WORDS, words.length - 1) }, (_, index) => index + 1);
  return lengths.reverse().flatMap((length) => {
    const parts: [string[], string[]][] = [
      [words.slice(0, -length), words.slice(-length)],
      [words.slice(length), words.slice(0, length)],
    ];
    return parts.flatMap(([day, time]): [string, string[]][] => {
      const times = readTimes(time.join(' '));
      return times.length > 0 ? [[day.join(' '), times]] : [];
    });
  });
}

function readWords(text: string, context: ReadingContext): DateReading {
  const found = findInWords(text, context);
  if (found) return withBothWeeks(found, context.now);
  // A library finds nothing in "31 June": the day that the calendar lacks is read as one that every month has.
  const typed = /(?<!\d)(29|30|31)(?!\d)/.exec(text);
  if (!typed) return { kind: 'unreadable' };
  const [digits] = typed;
  const other = findInWords(text.replace(typed[0], EVERY_MONTH_HAS), context);
  if (other?.day !== Number(EVERY_MONTH_HAS)) return { kind: 'unreadable' };
  const reading = resolve([{ ...other, day: Number(digits) }], context.now);
  if (reading.kind !== 'read' || !other.time) return reading;
  const { time } = other;
  return oneOf(reading.meanings.map(({ date }) => ({ date, time })));
}

const EVERY_MONTH_HAS = '28';

function findInWords(text: string, { now, finders }: ReadingContext): DateInWords | undefined {
  for (const find of finders) {
    const found = find(text, now);
    if (found) return found;
  }
  return undefined;
}

/** "Next Friday" on a Wednesday may be the one in two days or the one after. */
function withBothWeeks(found: DateInWords, now: Temporal.ZonedDateTime): DateReading {
  const { isWeekday, time } = found;
  const reading = resolve([found], now);
  if (reading.kind !== 'read') return reading;
  const [{ date }] = reading.meanings;
  const days = now.toPlainDate().until(date, { largestUnit: 'days' }).days;
  const sooner = Temporal.PlainDate.from(date).subtract({ days: 7 }).toString();
  const dates = isWeekday && days > 7 && days < 14 ? [sooner, date] : [date];
  return oneOf(dates.map((day) => ({ date: day, ...(time && { time }) })));
}
