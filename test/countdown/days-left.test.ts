import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLeft } from '../../src/countdown/local-time.ts';
import { at } from '../commands/countdown/support.ts';
import { ZONES } from './plans.ts';

test('the days left change at local midnight, in every zone', () => {
  const date = Temporal.PlainDate.from('2026-06-06');
  for (const timeZone of ZONES) {
    const start = date.toZonedDateTime(timeZone).toInstant();
    const end = date.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
    const left = (now: Temporal.Instant) => daysLeft('2026-06-06', { timeZone }, now);
    const before = { milliseconds: 1 };
    expect([left(start.subtract(before)), left(start), left(end.subtract(before)), left(end)]).toEqual([
      1, 0, 0, -1,
    ]);
  }
});

test('the days left count calendar days, whatever the hour and the length of a day', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: -800, max: 800 }),
      fc.integer({ min: 0, max: 20 * 366 * 86_400 }),
      (timeZone, count, seconds) => {
        const now = at('2016-01-01T00:00Z').add({ seconds });
        const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
        expect(daysLeft(today.add({ days: count }).toString(), { timeZone }, now)).toBe(count);
      },
    ),
  );
});

test('the days left follow the local date, not periods of twenty-four hours', () => {
  const [timeZone, date] = ['America/New_York', '2026-03-09'];
  expect(daysLeft(date, { timeZone }, at('2026-03-08T04:59:59Z'))).toBe(2);
  expect(daysLeft(date, { timeZone }, at('2026-03-08T05:00:00Z'))).toBe(1);
  expect(daysLeft(date, { timeZone }, at('2026-03-09T03:59:59Z'))).toBe(1);
});
