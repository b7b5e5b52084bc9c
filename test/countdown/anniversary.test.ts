import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAnniversary } from '../../src/countdown/anniversary.ts';

test.each([
  ['2017-02-10', '2026-11-22', '2027-02-10', 10],
  ['2017-02-10', '2027-02-10', '2027-02-10', 10],
  ['2017-02-10', '2027-02-11', '2028-02-10', 11],
  ['2024-02-29', '2024-03-01', '2025-02-28', 1],
  ['2025-06-06', '2025-06-06', '2026-06-06', 1],
])('the anniversary of %s that follows %s is on %s, the %i.', (first, from, day, years) => {
  expect(nextAnniversary(first, from)).toEqual({ day, years });
});

test('of any day, it is at most a year away', () => {
  const day = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }));
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [first, from] = Temporal.PlainDate.compare(one, other) < 0 ? [one, other] : [other, one];
      const { day: next, years } = nextAnniversary(first.toString(), from.toString());
      const away = from.until(next, { largestUnit: 'days' }).days;
      expect(years).toBeGreaterThanOrEqual(1);
      expect(next).toBe(first.add({ years }).toString());
      expect(away).toBeGreaterThanOrEqual(0);
      expect(away).toBeLessThanOrEqual(366);
    }),
  );
});
