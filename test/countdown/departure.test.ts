import { expect, test } from 'vitest';
import { type GoneDeparture, largestAtOnce, maxErasedAtOnce } from '../../src/countdown/departure.ts';

test.each([
  [1, 1],
  [3, 1],
  [19, 1],
  [20, 2],
  [49, 4],
  [50, 5],
  [10_000, 5],
])('of %i known servers %i may be erased at once', (known, most) => {
  expect(maxErasedAtOnce(known, undefined)).toBe(most);
});

test('the operator may allow more servers, or none', () => {
  expect(maxErasedAtOnce(3, 3)).toBe(3);
  expect(maxErasedAtOnce(100, 0)).toBe(0);
});

test('departures count as at once if they are noticed within an hour of each other', () => {
  const gone = (...times: string[]): GoneDeparture[] =>
    times.map((time) => ({ state: 'gone', noticedAt: `2025-05-07T${time}:00Z` }));
  expect(largestAtOnce([])).toBe(0);
  expect(largestAtOnce(gone('10:00', '11:01', '12:02'))).toBe(1);
  expect(largestAtOnce(gone('12:00', '10:00', '10:30', '11:00'))).toBe(3);
});
