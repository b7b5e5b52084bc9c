import type { PartialDay } from '../facts/dates.ts';
import { MONTH_STARTS, MONTHS } from './months.ts';

/** A date that was named, as far as it was: "in June" has no year. */
export interface NamedDate {
  year?: number;
  month?: number;
  day?: number;
}

/** An amount that was named, and how an answer is compared with it. */
export interface NamedAmount {
  amount: number;
  unit: 'minutes' | 'usd' | 'percent' | 'days' | 'any';
  comparison: Comparison;
}

/** How an amount is compared with the one that was named. */
export type Comparison = 'more' | 'less' | 'at-least' | 'equal' | 'about';

/** What was named in figures, and the text without it. */
export interface NamedValues {
  dates: readonly NamedDate[];
  amounts: readonly NamedAmount[];
  /** An age rating: "R", "PG-13", "18". */
  ratings: readonly string[];
  rest: string;
}

const SHORT_MONTHS = 'jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec';
const MONTH = `(?<month>${MONTHS.join('|')}|${SHORT_MONTHS})`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?<year>(?:19|20)\\d{2})';

/** Dates as people write them, the fullest first. "May" and "march" need something that shows that a month is meant. */
const DATES = [
  /(?<year>\d{4})-(?<number>\d{2})-(?<day>\d{2})\b/,
  new RegExp(`\\b${MONTH} ${DAY},? ${YEAR}\\b`),
  new RegExp(`\\b${DAY} (?:of )?${MONTH},? ${YEAR}\\b`),
  new RegExp(`\\b${MONTH} (?:of )?${YEAR}\\b`),
  new RegExp(`\\b${MONTH} ${DAY}\\b`),
  new RegExp(`\\b${DAY} (?:of )?${MONTH}\\b`),
  new RegExp(`\\b(?:in|this|last|early|late) ${MONTH}\\b`),
  new RegExp(`\\b(?:in )?${YEAR}\\b`),
];

const NUMBER = '\\$?(?<number>\\d+(?:[.,]\\d+)*)';
const BEFORE =
  '(?<before>(?:(?:more|less|longer|shorter|higher|lower|bigger|better|greater|fewer) than|over|above|under|below|at least|exceed|around|about|roughly|almost|nearly|exactly|only)\\s+)?';

/** Amounts with their unit, and by how much the unit multiplies the figure. */
const AMOUNTS: readonly { unit: NamedAmount['unit']; pattern: RegExp; factor: (unit: string) => number }[] = [
  {
    unit: 'minutes',
    pattern: new RegExp(
      `\\b${BEFORE}${NUMBER}\\s*-?(?<unit>hours?|hrs?|h)(?: (?:and )?(?<minutes>\\d{1,2})\\s*(?:minutes?|mins?|m))?(?<half> and a half)?\\b`,
    ),
    factor: () => 60,
  },
  {
    unit: 'minutes',
    pattern: new RegExp(`\\b${BEFORE}${NUMBER}\\s*-?(?<unit>minutes?|mins?)\\b`),
    factor: () => 1,
  },
  {
    unit: 'usd',
    pattern: new RegExp(
      `(?<![\\w.])${BEFORE}${NUMBER}\\s*-?(?<unit>million|mill?|m|billion|bn|b|k)(?: (?:us )?(?:dollars?|bucks|usd))?\\b`,
    ),
    factor: (unit) => (unit.startsWith('b') ? 1e9 : unit.startsWith('m') ? 1e6 : 1e3),
  },
  {
    unit: 'percent',
    pattern: new RegExp(`\\b${BEFORE}${NUMBER}\\s*(?<unit>%|percent|per cent)`),
    factor: () => 1,
  },
  { unit: 'days', pattern: new RegExp(`\\b${BEFORE}${NUMBER} (?<unit>days?)\\b`), factor: () => 1 },
  { unit: 'any', pattern: new RegExp(`\\b${BEFORE}${NUMBER} (?<unit>parts?|episodes?)\\b`), factor: () => 1 },
  // A small figure alone is a chapter more often than an amount.
  { unit: 'any', pattern: new RegExp(`\\b${BEFORE}${NUMBER}(?<=\\d{2})(?<unit>)\\b`), factor: () => 1 },
];

/** A full hour in words, and "a billion". */
const WRITTEN: readonly [RegExp, string][] = [
  [/\bhalf an? billion\b/g, '500 million'],
  [/\bquarter (?:of )?an? billion\b/g, '250 million'],
  ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (word, at): [RegExp, string] => [new RegExp(`\\b${word}(?= (?:parts|episodes)\\b)`, 'g'), String(at + 2)],
  ),
  [/\b(?:an?|one) (hour|million|billion)\b/g, '1 $1'],
  [/\btwo (and a half )?(hours?|million|billion)\b/g, '2 $1$2'],
  [/\bthree (hours?|million|billion)\b/g, '3 $1'],
  [/\b(\d) and a half hours?\b/g, '$1.5 hours'],
  [/\ba hundred million\b/g, '100 million'],
];

const RATINGS =
  /\b(?:[a-d][+-](?!\w)|[a-f](?= (?:on |from )?cinemascore)|pg[- ]?13|nc[- ]?17|(?<=rated |an |a |get an |got an )(?:r|g|pg)\b(?!-?\d)|r(?=[- ]rated)|(?<=^is (?:\w+ ){1,4})r$|(?<=rated |certified |an? |fsk |^is (?:[a-z]+ ){1,4})(?:12a?|15|16|18)\b(?![\s-]*(?:minute|min|hour|million|percent|%|year)))/g;

/** Reads the dates, amounts and age ratings that a text in small letters names. `today` is what "this year" is counted from. */
export function namedValuesIn(text: string, today: PartialDay): NamedValues {
  const ratings: string[] = [];
  let rest = text.replace(RATINGS, (rating) => {
    ratings.push(ratingOf(rating));
    return ' ';
  });
  for (const [words, figures] of WRITTEN) rest = rest.replace(words, figures);
  const year = Number(today.slice(0, 4));
  rest = rest
    .replace(/\b(?:in )?this year\b/, `in ${year}`)
    .replace(/\b(?:in )?last year\b/, `in ${year - 1}`)
    .replace(/\b(?:in )?next year\b/, `in ${year + 1}`);
  const dates: NamedDate[] = [];
  const amounts: NamedAmount[] = [];
  for (const pattern of DATES) {
    rest = rest.replace(pattern, (...found) => {
      dates.push(dateOf(found.at(-1)));
      return ' ';
    });
  }
  for (const { unit, pattern, factor } of AMOUNTS) {
    rest = rest.replace(pattern, (...found) => {
      amounts.push(amountOf(unit, factor, found.at(-1)));
      return ' ';
    });
  }
  return { dates, amounts, ratings, rest };
}

/** The named groups of an expression. */
type Groups = Readonly<Record<string, string | undefined>>;

const ratingOf = (typed: string) =>
  typed
    .toUpperCase()
    .replace(/^PG[- ]?13$/, 'PG-13')
    .replace(/^NC[- ]?17$/, 'NC-17');

function dateOf({ year, month, number, day }: Groups): NamedDate {
  const at = month ? MONTH_STARTS.indexOf(month.slice(0, 3)) + 1 : Number(number);
  return {
    ...(year && { year: Number(year) }),
    ...(at > 0 && { month: at }),
    ...(day && { day: Number(day) }),
  };
}

function amountOf(
  unit: NamedAmount['unit'],
  factor: (unit: string) => number,
  { before, number = '', unit: written = '', minutes, half }: Groups,
): NamedAmount {
  const figure = Number(number.replace(/,(?=\d{3})/g, ''));
  const amount = figure * factor(written) + Number(minutes ?? 0) + (half ? 30 : 0);
  return { amount, unit, comparison: comparisonOf(before ?? '') };
}

function comparisonOf(before: string): Comparison {
  if (/more|longer|higher|bigger|better|greater|over|above|exceed/.test(before)) return 'more';
  if (/less|shorter|lower|fewer|under|below/.test(before)) return 'less';
  if (/least/.test(before)) return 'at-least';
  return /around|about|roughly|almost|nearly/.test(before) ? 'about' : 'equal';
}
