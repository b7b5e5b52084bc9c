import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, follow, followItself, inWords, ZONES } from './plans.ts';

const yearly = (given = {}) => countdownOf({ anniversary: true, milestones: [0], ...given });

test('an anniversary of February 29 is posted on February 28 in other years', () => {
  const done = followItself(
    yearly(),
    added('2024-02-29', '2024-03-01T00:00Z'),
    [{ since: '2024-01-01', date: '2024-02-29' }],
    at('2024-03-01T00:00Z'),
    at('2029-01-01T00:00Z'),
  );
  expect(inWords(done)).toEqual(
    ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'].map(
      (day) => `anniversary 0 at ${day}T09:00:00Z`,
    ),
  );
});

test('only the newest of several missed anniversaries is posted, if it is still useful', () => {
  const known = [{ since: '2019-01-01', date: '2019-05-17' }];
  const start = added('2019-05-17', '2020-01-01T00:00Z');
  const missed = follow(yearly(), start, known, [at('2023-05-18T00:00Z')]);
  expect(inWords(missed)).toEqual(['anniversary 0 at 2023-05-18T00:00:00Z']);
  expect(missed.posted[0]?.occurrence.date).toBe('2023-05-17');
  expect(missed.skipped.map(({ occurrence }) => occurrence.date)).toEqual([
    '2020-05-17',
    '2021-05-17',
    '2022-05-17',
  ]);
  expect(follow(yearly(), start, known, [at('2023-12-01T00:00Z')]).posted).toEqual([]);
});

test('an anniversary posts each of its milestones once a year, in every zone', () => {
  const days = fc.integer({ min: 0, max: 3650 });
  const milestones = fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), days, milestones, (timeZone, count, chosen) => {
      const date = Temporal.PlainDate.from('2008-01-01').add({ days: count }).toString();
      const countdown = yearly({ timeZone, milestones: chosen.toSorted((a, b) => b - a) });
      const start = added(date, '2020-01-01T00:00Z');
      const known = [{ since: '2000-01-01', date }];
      const done = followItself(countdown, start, known, at('2020-01-01T00:00Z'), at('2023-01-01T00:00Z'));
      const keys = done.posted.map(({ occurrence }) => occurrence.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(done.skipped).toEqual([]);
      expect(Math.abs(keys.length - chosen.length * 3)).toBeLessThanOrEqual(chosen.length);
    }),
    { numRuns: 100 },
  );
});

test('an anniversary is posted on its day, even if a milestone of the next year coincides', () => {
  const countdown = yearly({ milestones: [365, 0] });
  const start = added('2008-06-06', '2021-01-01T00:00Z');
  const known = [{ since: '2000-01-01', date: '2008-06-06' }];
  const done = followItself(countdown, start, known, at('2021-01-01T00:00Z'), at('2021-12-31T00:00Z'));
  expect(inWords(done)).toEqual(['anniversary 0 at 2021-06-06T09:00:00Z']);
});
