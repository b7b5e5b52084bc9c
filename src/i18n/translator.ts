import type { PartialDay } from '../facts/dates.ts';
import { precisionOf } from '../facts/dates.ts';
import type { Text } from '../facts/schema.ts';
import type { Messages } from './messages.generated.ts';

/** The key of a message in the catalogues. */
export type MessageKey = keyof Messages;
/** A message's arguments: none at all where it takes none. */
export type Arguments<K extends MessageKey> = keyof Messages[K] extends never ? [] : [values: Messages[K]];
/** Returns a message in words, with its arguments filled in. */
export type Say = <K extends MessageKey>(key: K, ...values: Arguments<K>) => string;

/**
 * How the bot speaks to one reader. Words come in a language that has a catalogue; dates, numbers and names of places are
 * written as that language writes them, in the reader's own variant of it where they have one.
 */
export interface Language {
  /** The reader's locale. */
  locale: string;
  /** The language of the words. */
  words: string;
  say: Say;
  /** The text of a claim in this language, else in English. */
  pick(text: Text): string;
  /** "June 6, 2025", "September 2025" or "2025", as exactly as it is known. Never a time stamp: it would shift by zone. */
  date(date: PartialDay): string;
  /** The same, shorter: "Jun 6, 2025". */
  shortDate(date: PartialDay): string;
  /** "A, B and C". */
  list(items: readonly string[]): string;
  number(value: number): string;
  /** An amount of US dollars, "$137.2 million" where it is large. */
  usd(value: number): string;
  /** A country's name; "worldwide" for the world. */
  region(code: string): string;
}

/** Discord's locales are BCP 47 tags already ("en-US", "zh-TW"): docs "Reference", locales. */
export function createLanguage(locale: string, words: string, say: Say): Language {
  const format = isSameLanguage(locale, words) ? locale : words;
  const dates = datesIn(format, 'long');
  const shortDates = datesIn(format, 'medium');
  const lists = new Intl.ListFormat(words, { type: 'conjunction' });
  const numbers = new Intl.NumberFormat(format, { maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(format, {
    style: 'currency',
    currency: 'USD',
    notation: 'compact',
    compactDisplay: 'long',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  });
  const regions = new Intl.DisplayNames(words, { type: 'region' });
  const shortRegions = new Intl.DisplayNames(words, { type: 'region', style: 'short' });

  return {
    locale,
    words,
    say,
    pick: (text) => text[words] ?? text.en,
    date: (date) => dates[precisionOf(date)].format(calendarDate(date)),
    shortDate: (date) => shortDates[precisionOf(date)].format(calendarDate(date)),
    list: (items) => lists.format(items),
    number: (value) => numbers.format(value),
    usd: (value) => money.format(value),
    region(code) {
      if (code === '001') return say('region.world');
      return (SPECIAL_REGIONS.has(code) ? shortRegions : regions).of(code) ?? code;
    },
  };
}

/** Regions of which the long name is official rather than spoken: "Hong Kong SAR China". */
const SPECIAL_REGIONS = new Set(['HK', 'MO']);

/** Whether two locales are of one language, such as "en-GB" and "en". */
export const isSameLanguage = (locale: string, other: string): boolean =>
  locale.split('-')[0] === other.split('-')[0];

function datesIn(locale: string, style: 'long' | 'medium') {
  const month = style === 'long' ? 'long' : 'short';
  return {
    day: new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(locale, { year: 'numeric', month, timeZone: 'UTC' }),
    year: new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' }),
  };
}

/**
 * A calendar date for `Intl`: its start in UTC, formatted in UTC, so that no zone can shift it. Not a plain date: given one,
 * V8 ignores the long style in some locales and wants the machine's zone to have a name.
 */
function calendarDate(date: PartialDay): number {
  return Temporal.PlainDate.from(date.padEnd(10, '-01')).toZonedDateTime('UTC').epochMilliseconds;
}
