import type { Chrono, ParsedResult } from 'chrono-node/en';
import type { DateInWords, FindDateInWords } from '../../src/countdown/read-date.ts';
import { toDate } from '../../src/lib/clock.ts';

/** The languages in which dates can be typed in words. Each is loaded when it is first needed: together they need 23 MB. */
const LOADERS: Readonly<Record<string, () => Promise<{ casual: Pick<Chrono, 'parse'> }>>> = {
  de: () => import('chrono-node/de'),
  en: () => import('chrono-node/en'),
  es: () => import('chrono-node/es'),
  fi: () => import('chrono-node/fi'),
  fr: () => import('chrono-node/fr'),
  id: () => import('chrono-node/id'),
  it: () => import('chrono-node/it'),
  ja: () => import('chrono-node/ja'),
  nl: () => import('chrono-node/nl'),
  pt: () => import('chrono-node/pt'),
  ru: () => import('chrono-node/ru'),
  sv: () => import('chrono-node/sv'),
  uk: () => import('chrono-node/uk'),
  vi: () => import('chrono-node/vi'),
  'zh-CN': () => import('chrono-node/zh/hans'),
  'zh-TW': () => import('chrono-node/zh'),
};

/** Returns what finds dates in the words of a locale's language, and in English. */
export async function loadDateFinders(locale: string): Promise<FindDateInWords[]> {
  const language = locale in LOADERS ? locale : (locale.split('-')[0] ?? '');
  const loaders = [...new Set([LOADERS[language], LOADERS['en']])];
  const modules = await Promise.all(loaders.map((load) => load?.()));
  return modules.flatMap((module) =>
    module ? [(text: string, now: Temporal.ZonedDateTime) => find(module.casual, text, now)] : [],
  );
}

/** Words that may stand beside a date without a meaning of their own. */
const BESIDE = new Set(['on', 'at', 'the', 'of', 'am', 'um', 'den', 'le', 'el', 'il', 'op', 'på']);

function find(
  chrono: Pick<Chrono, 'parse'>,
  text: string,
  now: Temporal.ZonedDateTime,
): DateInWords | undefined {
  const reference = {
    instant: toDate(now.toInstant()),
    timezone: now.offsetNanoseconds / NANOSECONDS_IN_MINUTE,
  };
  const [result, ...others] = chrono.parse(text, reference, { forwardDate: true });
  if (!result || others.length > 0 || result.end || hasWordsBeside(text, result)) return undefined;
  const { start } = result;
  const isDay = start.isCertain('day') || start.isCertain('weekday') || start.isCertain('hour');
  // A month alone, or "next year", names no day.
  if (!isDay) return undefined;
  // "in 2 hours" and "8 pm EST" are instants, not local times.
  return start.isCertain('hour') && start.isCertain('timezoneOffset')
    ? dateOfInstant(Temporal.Instant.fromEpochMilliseconds(start.date().getTime()), now.timeZoneId)
    : dateOfParts(start, now.year);
}

function hasWordsBeside(text: string, result: Pick<ParsedResult, 'index' | 'text'>): boolean {
  const beside = `${text.slice(0, result.index)} ${text.slice(result.index + result.text.length)}`;
  const words = beside.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => !BESIDE.has(word));
}

function dateOfInstant(at: Temporal.Instant, timeZone: string): DateInWords {
  const local = at.toZonedDateTimeISO(timeZone);
  const { year, month, day } = local;
  return {
    year,
    month,
    day,
    isWeekday: false,
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** A library adds a year to "December 24": it is left out, so that the next one is meant. */
function dateOfParts(start: ParsedResult['start'], thisYear: number): DateInWords {
  const part = (name: 'month' | 'day' | 'hour' | 'minute') => start.get(name) ?? 0;
  const isNext = start.isCertain('month') && start.isCertain('day') && !start.isCertain('year');
  const time = Temporal.PlainTime.from({ hour: part('hour'), minute: part('minute') });
  return {
    ...(!isNext && { year: start.get('year') ?? thisYear }),
    month: part('month'),
    day: part('day'),
    isWeekday: start.isCertain('weekday') && !start.isCertain('day'),
    ...(start.isCertain('hour') && { time: time.toString({ smallestUnit: 'minute' }) }),
  };
}

const NANOSECONDS_IN_MINUTE = 60e9;
