import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postInstantOn } from '../../src/countdown/local-time.ts';
import { at } from '../commands/countdown/support.ts';
import { ZONES } from './plans.ts';

const FIRST = at('2016-01-01T00:00Z');
const LAST = at('2036-12-31T00:00Z');
const DAY_MS = 86_400_000;

const offsetAt = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;

/**
 * What the slot should be, worked out from nothing but the offsets around it: the earliest instant whose offset shows
 * that local time; where none does, the local time read with the offset from before the clocks were put forward.
 */
function expected(day: string, time: string, zone: string): Temporal.Instant {
  const asUtc = at(`${day}T${time}:00Z`).epochMilliseconds;
  const offsets = [offsetAt(asUtc - DAY_MS, zone), offsetAt(asUtc + DAY_MS, zone)];
  const fitting = offsets
    .map((offset) => asUtc - offset)
    .filter((ms, index) => offsetAt(ms, zone) === offsets[index]);
  const ms = fitting.length > 0 ? Math.min(...fitting) : asUtc - (offsets[0] ?? 0);
  return Temporal.Instant.fromEpochMilliseconds(ms);
}

const two = (number: number) => String(number).padStart(2, '0');
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map(two).join(':'));
const days = fc
  .integer({ min: 0, max: 365 * 20 })
  .map((count) => Temporal.PlainDate.from('2016-01-01').add({ days: count }).toString());

test('a posting time follows the offsets of its zone on any day of twenty years', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), days, times, (timeZone, day, time) => {
      expect(String(postInstantOn(day, { timeZone, time }))).toBe(String(expected(day, time, timeZone)));
    }),
    { numRuns: 3000 },
  );
});

test('a posting time is right on every day when the clocks of a zone change', () => {
  const changes = new Map<string, string>();
  for (const zone of ZONES) {
    let moment = FIRST.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    while (moment && Temporal.Instant.compare(moment.toInstant(), LAST) < 0) {
      const before = moment.subtract({ nanoseconds: 1 }).offset;
      // Zones that change alike are alike: one of them stands for all.
      changes.set(`${moment.toInstant()} ${before} ${moment.offset}`, zone);
      moment = moment.getTimeZoneTransition('next');
    }
  }
  expect(changes.size).toBeGreaterThan(200);
  const wrong: string[] = [];
  for (const [change, timeZone] of changes) {
    const local = at(change.split(' ')[0] ?? '').toZonedDateTimeISO(timeZone);
    for (const minutes of [-91, -61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 90]) {
      const wall = local.toPlainDateTime().add({ minutes });
      const [day, time] = [wall.toPlainDate().toString(), wall.toPlainTime().toString().slice(0, 5)];
      const slot = postInstantOn(day, { timeZone, time });
      if (!slot.equals(expected(day, time, timeZone))) wrong.push(`${timeZone} ${day} ${time}: ${slot}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['an hour that the clocks skip', 'America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00Z'],
  ['an hour that they show twice', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
  ['a day whose start is skipped', 'America/Havana', '2026-03-08', '00:15', '2026-03-08T05:15:00Z'],
  ['a change of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00Z'],
  ['an offset of forty-five minutes', 'Asia/Kathmandu', '2026-01-01', '09:00', '2026-01-01T03:15:00Z'],
  [
    'an offset with a half hour in the west',
    'America/St_Johns',
    '2026-07-01',
    '09:00',
    '2026-07-01T11:30:00Z',
  ],
  [
    'the zone where each day begins first',
    'Pacific/Kiritimati',
    '2026-01-01',
    '09:00',
    '2025-12-31T19:00:00Z',
  ],
  ['the day that Apia skipped', 'Pacific/Apia', '2011-12-30', '09:00', '2011-12-30T19:00:00Z'],
  ['the day after it', 'Pacific/Apia', '2011-12-31', '09:00', '2011-12-30T19:00:00Z'],
  ['the day before it', 'Pacific/Apia', '2011-12-29', '09:00', '2011-12-29T19:00:00Z'],
  [
    'a zone that gave up changing its clocks',
    'Europe/Istanbul',
    '2016-12-01',
    '09:00',
    '2016-12-01T06:00:00Z',
  ],
])('a posting time is right for %s', (_, timeZone, day, time, instant) => {
  expect(postInstantOn(day, { timeZone, time }).toString()).toBe(instant);
});
