import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDateFinders } from '../../commands/countdown/date-words.ts';
import { type DateReading, readDate } from '../../src/countdown/read-date.ts';
import { at } from '../commands/countdown/support.ts';
import { HOSTILE } from './hostile.ts';

/** A Saturday. */
const NOW = at('2026-11-28T05:00:00Z');

async function read(
  typed: string,
  { locale = 'en-US', timeZone = 'UTC', now = NOW } = {},
): Promise<DateReading> {
  const finders = await loadDateFinders(locale);
  return readDate(typed, { now: now.toZonedDateTimeISO(timeZone), locale, finders });
}

/** "2026-12-24 20:00", both meanings where there are two, or why there is none. */
async function meaning(typed: string, options?: Parameters<typeof read>[1]): Promise<string> {
  const reading = await read(typed, options);
  if (reading.kind === 'read')
    return reading.meanings.map(({ date, time }) => [date, time].filter(Boolean).join(' ')).join(' or ');
  return reading.kind === 'no-such-day' ? `no such day in ${reading.month}` : reading.kind;
}

test.each([
  ['2026-12-31', '2026-12-31'],
  ['2026/12/31', '2026-12-31'],
  ['2026-12-24 20:00', '2026-12-24 20:00'],
  ['2026-12-24T20:00', '2026-12-24 20:00'],
  ['24.12.2026', '2026-12-24'],
  ['31.12.', '2026-12-31'],
  ['24.12. 20.30', '2026-12-24 20:30'],
  ['12/24', '2026-12-24'],
  ['1/2', '2027-01-02'],
  ['13/04/2027', '2027-04-13'],
  ['31/12/26', '2026-12-31'],
  ['Dec 24 8pm', '2026-12-24 20:00'],
  ['8pm Dec 24', '2026-12-24 20:00'],
  ['24 Dec, 20:00', '2026-12-24 20:00'],
  ['December 24th, 2027 at 8:30 PM', '2027-12-24 20:30'],
  ['tomorrow', '2026-11-29'],
  ['tomorrow 8 in the evening', '2026-11-29 20:00'],
  ['today noon', '2026-11-28 12:00'],
  ['friday', '2026-12-04'],
  ['next Friday', '2026-12-04'],
  ['Sat 8pm', '2026-11-28 20:00'],
  ['in 3 weeks', '2026-12-19'],
  ['in 3 weeks at 8pm', '2026-12-19 20:00'],
  ['in 2 hours', '2026-11-28 07:00'],
  ['8pm', '2026-11-28 20:00'],
  ['4 am', '2026-11-29 04:00'],
  ['29 Feb', '2028-02-29'],
  ['Dec 24 8pm EST', '2026-12-25 01:00'],
])('the date "%s" is read as %s', async (typed, expected) => {
  expect(await meaning(typed)).toBe(expected);
});

test.each([
  ['03/04/2027', 'en-US', '2027-03-04'],
  ['03/04/2027', 'en-GB', '2027-04-03'],
  ['03/04/2027', 'pt-BR', '2027-04-03'],
  ['03.04.2027', 'de', '2027-04-03'],
  ['03.04.2027', 'en-US', '2027-04-03 or 2027-03-04'],
  ['03/04/2027', 'ja', '2027-04-03 or 2027-03-04'],
  ['03/04/2027', 'sv-SE', '2027-04-03 or 2027-03-04'],
  ['04/04/2027', 'ja', '2027-04-04'],
  ['3/4', 'ja', '2027-03-04'],
  ['3/4', 'sv-SE', '2027-04-03'],
  ['03/04/2027 8pm', 'ja', '2027-04-03 20:00 or 2027-03-04 20:00'],
])('the date "%s" of a reader with the locale %s is %s', async (typed, locale, expected) => {
  expect(await meaning(typed, { locale })).toBe(expected);
});

test.each([
  ['24. Dezember 20 Uhr', 'de', '2026-12-24 20:00'],
  ['nächsten Freitag', 'de', '2026-12-04'],
  ['31. Juni', 'de', 'no such day in 2026-06'],
  ['24 décembre 20h', 'fr', '2026-12-24 20:00'],
  ['dans 3 semaines', 'fr', '2026-12-19'],
  ['24 de diciembre', 'es-ES', '2026-12-24'],
  ['24 de dezembro', 'pt-BR', '2026-12-24'],
  ['24 dicembre', 'it', '2026-12-24'],
  ['volgende vrijdag', 'nl', '2026-12-04'],
  ['24 december', 'sv-SE', '2026-12-24'],
  ['24 декабря', 'ru', '2026-12-24'],
  ['24 грудня', 'uk', '2026-12-24'],
  ['2026年12月24日', 'ja', '2026-12-24'],
  ['明天', 'zh-CN', '2026-11-29'],
  ['明天', 'zh-TW', '2026-11-29'],
  ['tomorrow', 'pl', '2026-11-29'],
])('the words "%s" of a reader with the locale %s are %s', async (typed, locale, expected) => {
  expect(await meaning(typed, { locale })).toBe(expected);
});

test.each([
  ['tomorrow at 8', '2026-11-29 08:00 or 2026-11-29 20:00'],
  ['Dec 24 8', '2026-12-24 08:00 or 2026-12-24 20:00'],
])('"%s" has two meanings', async (typed, expected) => {
  expect(await meaning(typed)).toBe(expected);
});

test('"next Friday" has two meanings where one is in this week', async () => {
  const thursday = at('2026-12-03T12:00:00Z');
  expect(await meaning('next Friday', { now: thursday })).toBe('2026-12-04 or 2026-12-11');
  expect(await meaning('Friday', { now: thursday })).toBe('2026-12-04');
});

test.each([
  ['2027-02-30', '2027-02'],
  ['30.02.2027', '2027-02'],
  ['29 Feb 2027', '2027-02'],
  ['31 June', '2026-06'],
  ['June 31st', '2026-06'],
  ['31 June 8pm', '2026-06'],
])('the calendar lacks "%s"', async (typed, month) => {
  expect(await meaning(typed)).toBe(`no such day in ${month}`);
});

test.each([
  '',
  'soon',
  '8',
  'December 2026',
  'next month',
  'Dec 24 and Dec 31',
  'Dec 24-26',
  'watch party dec 24',
  '99/99/2027',
  '2027-13-01',
  '00/01/2027',
  'a week from friday',
  '__proto__',
])('"%s" is not read as a date', async (typed) => {
  expect(await meaning(typed)).toBe('unreadable');
});

test('relative dates are those of the zone', async () => {
  const now = at('2026-12-02T23:30:00Z');
  expect(await meaning('tomorrow', { now, timeZone: 'Asia/Tokyo' })).toBe('2026-12-04');
  expect(await meaning('tomorrow', { now, timeZone: 'America/New_York' })).toBe('2026-12-03');
  expect(await meaning('in 2 hours', { now, timeZone: 'Asia/Tokyo' })).toBe('2026-12-03 10:30');
});

test('a date in ISO form is read as itself in every locale', async () => {
  const days = fc.integer({ min: 0, max: 4000 });
  for (const locale of ['en-US', 'de', 'ja', 'th', 'hu']) {
    const finders = await loadDateFinders(locale);
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (count, minute) => {
        const date = Temporal.PlainDate.from('2026-11-28').add({ days: count }).toString();
        const time = Temporal.PlainTime.from('00:00').add({ minutes: minute }).toString().slice(0, 5);
        const context = { now: NOW.toZonedDateTimeISO('UTC'), locale, finders };
        expect(readDate(`${date} ${time}`, context)).toEqual({ kind: 'read', meanings: [{ date, time }] });
      }),
    );
  }
});

test('any typed text gives calendar dates and times of day, or none', async () => {
  const finders = await loadDateFinders('de');
  const words = fc
    .array(
      fc.constantFrom(
        '31',
        '2',
        '30.',
        'Feb',
        'June',
        '8pm',
        'at',
        'next',
        'Friday',
        '/',
        '2027',
        'in',
        'weeks',
      ),
    )
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(fc.oneof(HOSTILE, words), (typed) => {
      const reading = readDate(typed, { now: NOW.toZonedDateTimeISO('UTC'), locale: 'de', finders });
      if (reading.kind !== 'read') return;
      for (const { date, time = '00:00' } of reading.meanings) {
        expect(Temporal.PlainDate.from(date, { overflow: 'reject' }).toString()).toBe(date);
        expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      }
    }),
    { numRuns: 1000 },
  );
});
