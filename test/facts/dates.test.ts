import { expect, test } from 'vitest';
import { compareDates, daysSince, isWhollyBefore, spanOf } from '../../src/facts/dates.ts';

test.each([
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2025-12', '2025-12-01', '2025-12-31'],
  ['2019', '2019-01-01', '2019-12-31'],
])('the date %s covers the days from %s to %s', (date, from, to) => {
  expect(spanOf(date)).toEqual({ from, to });
});

test('the sorting of dates puts a year after its own days and before the next year', () => {
  const dates = ['2020-01-01', '2019', '2019-05-17', '2019-12-31', '2019-05', '2018', '2019-10-08'];
  expect(dates.sort(compareDates)).toEqual([
    '2018',
    '2019-05-17',
    '2019-05',
    '2019-10-08',
    '2019-12-31',
    '2019',
    '2020-01-01',
  ]);
});

test('a date is wholly before another only if the two do not overlap', () => {
  expect(isWhollyBefore('2019', '2020-01-01')).toBe(true);
  expect(isWhollyBefore('2019-05-17', '2019-06')).toBe(true);
  expect(isWhollyBefore('2019-05-17', '2019')).toBe(false);
  expect(isWhollyBefore('2019', '2019-05-17')).toBe(false);
});

test('the days since a date are counted from the last day it can mean', () => {
  expect(daysSince('2025-05-06', '2025-08-04')).toBe(90);
  expect(daysSince('2026-03', '2026-04-01')).toBe(1);
  expect(daysSince('2026', '2026-11-22')).toBe(-39);
});
