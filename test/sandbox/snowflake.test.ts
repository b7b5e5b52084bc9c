import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextSnowflake, snowflakeTime } from '../../sandbox/world/snowflake.ts';

test('ids increase strictly and contain their time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 50 }), (steps) => {
      let ms = Date.UTC(2024, 0, 1);
      let last = 0n;
      for (const step of steps) {
        ms += step;
        const next = nextSnowflake(last, ms);
        expect(next > last).toBe(true);
        expect(snowflakeTime(String(next))).toBe(ms);
        last = next;
      }
    }),
  );
});
