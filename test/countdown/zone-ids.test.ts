import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allZones, findZone } from '../../src/countdown/time-zones.ts';
import { search } from '../../src/lib/search.ts';
import { HOSTILE } from './hostile.ts';
import { ZONES } from './plans.ts';

test('every zone is found in upper and lower case, and works', () => {
  for (const zone of [...ZONES, 'UTC']) {
    expect(findZone(zone)).toBe(zone);
    expect(findZone(zone.toUpperCase())).toBe(zone);
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  }
});

test.each([
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
])('the zone %s keeps its familiar name', (zone) => {
  expect(findZone(zone)).toBe(zone);
  expect(findZone(zone.toLowerCase())).toBe(zone);
});

test.each([
  ['kolkata', 'Asia/Kolkata'],
  ['kathmandu', 'Asia/Kathmandu'],
  ['kyiv', 'Europe/Kyiv'],
  ['Ho Chi Minh', 'Asia/Ho_Chi_Minh'],
  ['buenos', 'America/Argentina/Buenos_Aires'],
  ['new york', 'America/New_York'],
  ['kiritimati', 'Pacific/Kiritimati'],
])('a search for "%s" offers the zone %s', (typed, zone) => {
  expect(search(allZones(), typed).map(({ name }) => name)).toContain(zone);
});

test.each(['', '+05:00', 'Mars/Olympus', 'UTC+5', 'GMT-3', 'Europe', 'Europe/', 'Europe/Berlin '])(
  'the text "%s" finds no zone',
  (typed) => {
    expect(findZone(typed)).toBeUndefined();
  },
);

test('any typed text finds a zone that works, or nothing', () => {
  fc.assert(
    fc.property(HOSTILE, (typed) => {
      const zone = findZone(typed);
      if (zone !== undefined) Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    }),
    { numRuns: 500 },
  );
});
