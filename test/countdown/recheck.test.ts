import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { afterRecheck, newRecheck, nextRecheck } from '../../src/countdown/recheck.ts';
import type { Target } from '../../src/countdown/target.ts';
import { countdownOf } from './plans.ts';

const at = (text: string) => Temporal.Instant.from(text);
const START = at('2025-05-01T00:00:00Z');
const MILESTONES = [14, 7, 3, 1, 0];

/** A countdown to May 31, 2025, silenced some hours after the start; its date may have been told as another one. */
const silenced = fc.record({
  hours: fc.integer({ min: 0, max: 24 * 40 }),
  told: fc.constantFrom('2025-05-31', '2025-05-20'),
  /** How much later than due each check is made: the bot may be down. */
  delays: fc.array(fc.integer({ min: 0, max: 72 }), { minLength: 60, maxLength: 60 }),
});

test('for any silence, the checks lie ahead, come to an end, and are at most four for each post that falls due', () => {
  const target: Target = { date: '2025-05-31', since: '2025-04-01', changes: null, isFinal: false };
  fc.assert(
    fc.property(silenced, ({ hours, told, delays }) => {
      const countdown = countdownOf({ milestones: MILESTONES, createdAt: '2025-04-01T00:00:00Z' });
      const silencedAt = START.add({ hours });
      const progress = { told, settledThrough: START.toString(), paused: 'no-permission' as const };
      let state: CountdownState = {
        countdown,
        progress: { ...progress, pausedIn: countdown.channelId, recheck: newRecheck(silencedAt) },
      };
      let now = silencedAt;
      let checks = 0;
      for (const delay of delays) {
        const next = nextRecheck(state, target, now);
        if (!next) break;
        now = Temporal.Instant.compare(next, now) > 0 ? next.add({ hours: delay }) : now;
        const due = nextRecheck(state, target, now);
        if (!due || Temporal.Instant.compare(due, now) > 0) continue;
        checks += 1;
        state = { countdown, progress: { ...state.progress, recheck: afterRecheck(state, target, now) } };
        const following = nextRecheck(state, target, now);
        if (following) expect(Temporal.Instant.compare(following, now)).toBe(1);
      }
      expect(nextRecheck(state, target, now.add({ hours: 24 * 60 }))).toBeNull();
      expect(checks).toBeLessThanOrEqual(4 * (MILESTONES.length + 1));
    }),
  );
});
