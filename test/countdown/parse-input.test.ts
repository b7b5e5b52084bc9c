import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_MILESTONE_DAYS, MAX_MILESTONES } from '../../src/countdown/countdown.ts';
import { parseMilestones, parseTime } from '../../src/countdown/parse-input.ts';
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
])('the time "%s" is read as %s', (typed, time) => {
  expect(parseTime(typed)).toBe(time);
});

test.each([
  '24:00',
  '23:60',
  '9',
  '13pm',
  '0am',
  '9:5',
  '-1:00',
  '09:00:00',
  '9:00 in the morning',
  '٠٩:٠٠',
  '',
])('"%s" is not read as a time', (typed) => {
  expect(parseTime(typed)).toBeUndefined();
});

test('every minute of the day, written as a time, is read back unchanged', () => {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const time = Temporal.PlainTime.from('00:00').add({ minutes: minute }).toString().slice(0, 5);
    expect(parseTime(time)).toBe(time);
  }
});

test.each([
  ['30,7,1,0', [30, 7, 1, 0]],
  ['0 1;7, 30', [30, 7, 1, 0]],
  ['7,7,007', [7]],
  ['0', [0]],
  ['Standard', [30, 7, 1, 0]],
  ['365', [365]],
])('the milestones "%s" are read as %j', (typed, days) => {
  expect(parseMilestones(typed)).toEqual(days);
});

test.each([
  '',
  ',',
  '366',
  '-1',
  '1.5',
  '1e2',
  '7 days',
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
        distinct.length > MAX_MILESTONES ? undefined : distinct,
      );
    }),
  );
});

test('any typed text gives a valid time and valid milestones, or none', () => {
  fc.assert(
    fc.property(fc.oneof(HOSTILE, fc.string({ unit: fc.constantFrom(...'0123456789:., apm') })), (typed) => {
      expect(parseTime(typed) ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      const days = parseMilestones(typed) ?? [0];
      expect(days.length).toBeGreaterThan(0);
      expect(days.length).toBeLessThanOrEqual(MAX_MILESTONES);
      for (const day of days)
        expect(day >= 0 && day <= MAX_MILESTONE_DAYS && Number.isInteger(day)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
