const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** An instant in the reader's zone and language, in one of Discord's styles; "R" is seen from `now`. */
export function stamp(ms: number, style: string | undefined, locale: string, now: number): string {
  return style === 'R' ? relative(ms - now, locale) : format(ms, STYLES[style ?? 'f'] ?? STYLES['f'], locale);
}

/** How far off an instant is, in the largest unit that fits. */
function relative(difference: number, locale: string): string {
  const seconds = Math.round(difference / 1000);
  const [unit, size] =
    UNITS.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** Formatters take long to make. There are as many as styles and languages in use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Returns an instant, in milliseconds of Unix time, in the reader's zone and language. */
export function format(ms: number, options: Intl.DateTimeFormatOptions | undefined, locale: string): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter.format(ms);
}

/** When a message was sent, as Discord's clients say it beside the author. */
export function sentAt(ms: number, now: number, locale: string): string {
  const day = (instant: number) => format(instant, { dateStyle: 'short' }, locale);
  const time = format(ms, { timeStyle: 'short' }, locale);
  return day(ms) === day(now) ? time : `${day(ms)} ${time}`;
}
