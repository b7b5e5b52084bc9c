import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/store/rate-limiter.ts';

/** Time that goes on only where someone sleeps, and then by as much more as is given. */
function timeWith(lateness: readonly number[]) {
  let now = 0;
  let slept = 0;
  return {
    now: () => now,
    async sleep(ms: number) {
      now += ms + (lateness[slept % lateness.length] ?? 0);
      slept += 1;
    },
  };
}

/** When each of so many callers had its turn, each of whom comes as soon as the one before has had it. */
async function turns(perSecond: number, count: number, lateness: readonly number[]): Promise<number[]> {
  const time = timeWith(lateness);
  const acquireSlot = createRateLimiter(perSecond, time);
  const at: number[] = [];
  for (let n = 0; n < count; n += 1) {
    await acquireSlot();
    at.push(time.now());
  }
  return at;
}

test('the rate limiter never exceeds its limit by more than one, however late the timers are', async () => {
  const lateness = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3_000 })), {
    minLength: 1,
    maxLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), lateness, async (perSecond, late) => {
      const at = await turns(perSecond, 200, late);
      for (const [n, first] of at.entries()) {
        const within = at.slice(n).filter((instant) => instant < first + 999.999).length;
        expect(within).toBeLessThanOrEqual(perSecond + 1);
      }
    }),
    { numRuns: 60 },
  );
});

test('slightly late timers do not slow the rate limiter down', async () => {
  const at = await turns(46, 461, [3, 0, 7, 1]);
  expect(at.at(-1)).toBeLessThan(10_010);
});
