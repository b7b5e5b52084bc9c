import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_ATTEMPTS, retryDelay } from '../../src/delivery/retry-delay.ts';

const seconds = (attempt: number, random: number) => retryDelay(attempt, random).total('seconds');

test('the back-off doubles from about two seconds up to four hours', () => {
  const longest = Array.from({ length: MAX_ATTEMPTS }, (_, index) => seconds(index + 1, 1));
  expect(longest.slice(0, 4)).toEqual([2, 4, 8, 16]);
  expect(longest).toEqual(longest.toSorted((a, b) => a - b));
  expect(longest.at(-1)).toBe(4 * 3600);
});

test('the jitter of the back-off is over its upper half', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_ATTEMPTS }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const [least, pause, most] = [seconds(attempt, 0), seconds(attempt, random), seconds(attempt, 1)];
        expect(least).toBeCloseTo(most / 2, 2);
        expect(pause).toBeGreaterThanOrEqual(least);
        expect(pause).toBeLessThanOrEqual(most);
      },
    ),
  );
});

test('retries end after about a week', () => {
  const pauses = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => seconds(index + 1, 0.5));
  const hours = pauses.reduce((a, b) => a + b, 0) / 3600;
  expect(hours).toBeGreaterThan(4 * 24);
  expect(hours).toBeLessThan(8 * 24);
});
