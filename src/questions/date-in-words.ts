import { type Day, isCalendarDate, type PartialDay, spanOf } from '../facts/dates.ts';
import { MONTH_STARTS } from './months.ts';

/** The last month of a season, or of a part of a year. */
const LAST_MONTH: Readonly<Record<string, number>> = {
  early: 4,
  spring: 5,
  mid: 8,
  summer: 8,
  fall: 11,
  autumn: 11,
  late: 12,
  winter: 12,
  christmas: 12,
  q1: 3,
  q2: 6,
  q3: 9,
  q4: 12,
  start: 4,
  beginning: 4,
  middle: 8,
  end: 12,
};

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = "(?:(?:19|20)\\d\\d|['’]\\d\\d)";
const DAY_OF_MONTH = '\\d{1,2}(?:st|nd|rd|th)?';

/** An expression for dates as people write them: "2024-01-20", "Jan 20th, 2024", "January 2024", "late 2023", "'23". */
export const DATE_IN_WORDS = [
  '(?:19|20)\\d\\d-\\d\\d(?:-\\d\\d)?',
  `${MONTH} ${DAY_OF_MONTH},? ${YEAR}`,
  `${DAY_OF_MONTH}(?: of)? ${MONTH},? ${YEAR}`,
  `(?:early |mid[- ]?|late )?${MONTH}(?: of|,)? ${YEAR}`,
  `(?:the )?(?:early|mid|late|spring|summer|fall|autumn|winter|christmas|q[1-4])[- ]?(?:of |in )?${YEAR}`,
  `(?:the )?(?:start|beginning|middle|end) of ${YEAR}`,
  '(?:0?[1-9]|1[0-2])/20\\d\\d',
  YEAR,
].join('|');

/** An expression for a month of no year. */
export const MONTH_IN_WORDS = MONTH;

const COUNTS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** An expression for what is counted back from today: "two years ago", "last year". */
export const AGO_IN_WORDS = `last year|(?:a couple(?: of)?|an?|${COUNTS.join('|')}|\\d{1,2}) (?:years?|months?) ago`;

/**
 * Returns the days that a date can mean, which one of the expressions above matches; a month of no year is the last one that
 * had begun `today`. Undefined where the calendar has no such day.
 */
export function spanOfWords(words: string, today: Day): { from: Day; to: Day } | undefined {
  const text = words.toLowerCase();
  const date = / ago$|^last /.test(text) ? partialDayAgo(text, today) : partialDayOf(text, today);
  return isCalendarDate(date) ? spanOf(date) : undefined;
}

/** "two years ago" is a day, "last year" a year. */
function partialDayAgo(words: string, today: Day): PartialDay {
  const day = Temporal.PlainDate.from(today);
  if (words.startsWith('last')) return String(day.year - 1);
  const [count = '', unit = ''] = words.replace(/^a couple(?: of)?/, '2').split(' ');
  const named = COUNTS.indexOf(count);
  const many = named >= 0 ? named : Number(count) || 1;
  return day.subtract(unit.startsWith('year') ? { years: many } : { months: many }).toString();
}

function partialDayOf(words: string, today: Day): PartialDay {
  if (/^\d{4}-/.test(words)) return words;
  const [, numbered, ofYear] = /^(\d{1,2})\/(\d{4})$/.exec(words) ?? [];
  if (numbered && ofYear) return `${ofYear}-${twoDigits(Number(numbered))}`;
  const [, long, short] = /((?:19|20)\d\d)|['’](\d\d)/.exec(words) ?? [];
  const month = monthIn(words);
  const year = long ?? (short ? `20${short}` : yearOfLast(month, today));
  if (month === undefined) return year;
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)/.exec(words.replace(/['’]\d\d|\d{4}/, ''))?.[1];
  return [year, twoDigits(month), ...(day ? [twoDigits(Number(day))] : [])].join('-');
}

/** The month that is named, from 1; else the last one of the part of the year that is named. */
function monthIn(words: string): number | undefined {
  const named = MONTH_STARTS.findIndex((month) => new RegExp(`\\b${month}`).test(words));
  if (named >= 0) return named + 1;
  const part = Object.keys(LAST_MONTH).find((name) => words.includes(name));
  return part ? LAST_MONTH[part] : undefined;
}

const yearOfLast = (month = 1, today: Day): string =>
  String(Number(today.slice(0, 4)) - (month > Number(today.slice(5, 7)) ? 1 : 0));

const twoDigits = (value: number) => String(value).padStart(2, '0');
