import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_MILESTONE_DAYS, MAX_MILESTONE_MINUTES, MAX_MILESTONES } from '../../src/countdown/countdown.ts';
import { formatMilestones, parseMilestones } from '../../src/countdown/parse-input.ts';
import { readTimes } from '../../src/countdown/read-time.ts';
import { HOSTILE } from './hostile.ts';

test.each([
  ['09:00', '09:00'],
  ['9:00', '09:00'],
  [' 9am ', '09:00'],
  ['9 AM', '09:00'],
  ['12am', '00:00'],
  ['12 pm', '12:00'],
  ['12:30 a.m.', '00:30'],
  ['9:30pm', '21:30'],
  ['21.30', '21:30'],
  ['00:00', '00:00'],
  ['23:59', '23:59'],
  ['8 pm', '20:00'],
  ['at 8pm', '20:00'],
  ['20h', '20:00'],
  ['20h30', '20:30'],
  ['um 20 Uhr', '20:00'],
  ['8 Uhr', '08:00'],
  ['08', '08:00'],
  ['20', '20:00'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  ['9:00 in the morning', '09:00'],
  ['8 in the evening', '20:00'],
])('the time "%s" is read as %s', (typed, time) => {
  expect(readTimes(typed)).toEqual([time]);
});

test.each([
  ['8', ['08:00', '20:00']],
  ['at 8', ['08:00', '20:00']],
  ['8 o’clock', ['08:00', '20:00']],
  ['12', ['00:00', '12:00']],
])('the time "%s" may be %j', (typed, times) => {
  expect(readTimes(typed)).toEqual(times);
});

test.each([
  '24:00',
  '23:60',
  '13pm',
  '0am',
  '9:5',
  '-1:00',
  '09:00:00',
  '13 in the morning',
  'constructor',
  '٠٩:٠٠',
  '',
])('"%s" is not read as a time', (typed) => {
  expect(readTimes(typed)).toEqual([]);
});

test('every minute of the day, written as a time, is read back unchanged', () => {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const time = Temporal.PlainTime.from('00:00').add({ minutes: minute }).toString().slice(0, 5);
    expect(readTimes(time)).toEqual([time]);
  }
});

test.each([
  ['30,7,1,0', [30, 7, 1, 0]],
  ['0 1;7, 30', [30, 7, 1, 0]],
  ['7,7,007', [7]],
  ['0', [0]],
  ['Standard', [30, 7, 1, 0]],
  ['365', [365]],
  ['7 days', [7]],
  ['2 weeks, 7d, 1 day, now', [14, 7, 1, 0]],
  ['daily', [7, 6, 5, 4, 3, 2, 1, 0]],
  ['30d, daily', [30, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['Every day of the last week: 7, 6, 5', [7, 6, 5]],
])('the milestones "%s" are read as %j', (typed, days) => {
  expect(parseMilestones(typed)).toEqual({ days, minutes: [] });
});

test.each([
  ['7d, 1d, 2h, 15m, now', [7, 1, 0], [120, 15]],
  ['15 minutes 2 hours', [], [120, 15]],
  ['60m 1h', [], [60]],
  ['0h', [0], []],
  ['24h 1d', [1], [1440]],
  ['90 min', [], [90]],
])('the milestones "%s" are read as the days %j and the minutes %j', (typed, days, minutes) => {
  expect(parseMilestones(typed)).toEqual({ days, minutes });
});

test.each([
  '',
  ',',
  '366',
  '-1',
  '1.5',
  '1e2',
  '7 years',
  'd',
  '8761h',
  '2h30',
  'daily, 30, 20, 10',
  '1,2,3,4,5,6,7,8,9,10,11',
  'constructor',
  '__proto__',
  '⑦',
])('"%s" is not read as milestones', (typed) => {
  expect(parseMilestones(typed)).toBeUndefined();
});

test('milestones typed in any order are read once each, the farthest first', () => {
  const days = fc.array(fc.integer({ min: 0, max: 365 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(days, fc.constantFrom(',', ' ', ';', ', ', ' ; '), (chosen, between) => {
      const distinct = [...new Set(chosen)].sort((a, b) => b - a);
      expect(parseMilestones(chosen.join(between))).toEqual(
        distinct.length > MAX_MILESTONES ? undefined : { days: distinct, minutes: [] },
      );
    }),
  );
});

test('milestones in days, hours and minutes are read back as they are shown', () => {
  const counts = (max: number) => fc.uniqueArray(fc.integer({ min: 1, max }), { maxLength: 4 });
  fc.assert(
    fc.property(
      counts(MAX_MILESTONE_DAYS),
      counts(MAX_MILESTONE_MINUTES),
      fc.boolean(),
      (days, minutes, now) => {
        fc.pre(days.length + minutes.length > 0);
        const farthestFirst = (list: number[]) => list.toSorted((a, b) => b - a);
        const chosen = {
          days: [...farthestFirst(days), ...(now ? [0] : [])],
          minutes: farthestFirst(minutes),
        };
        expect(parseMilestones(formatMilestones(chosen))).toEqual(chosen);
      },
    ),
  );
});

test('any typed text gives a valid time and valid milestones, or none', () => {
  fc.assert(
    fc.property(
      fc.oneof(HOSTILE, fc.string({ unit: fc.constantFrom(...'0123456789:., apmdhw') })),
      (typed) => {
        for (const time of readTimes(typed)) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        const { days, minutes } = parseMilestones(typed) ?? { days: [0], minutes: [] };
        expect(days.length + minutes.length).toBeGreaterThan(0);
        expect(days.length + minutes.length).toBeLessThanOrEqual(MAX_MILESTONES);
        for (const minute of minutes)
          expect(minute > 0 && minute <= MAX_MILESTONE_MINUTES && Number.isInteger(minute)).toBe(true);
        for (const day of days)
          expect(day >= 0 && day <= MAX_MILESTONE_DAYS && Number.isInteger(day)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
