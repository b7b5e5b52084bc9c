import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Countdown } from '../../src/countdown/countdown.ts';
import { postInstantOn } from '../../src/countdown/local-time.ts';
import { USEFUL_FOR } from '../../src/countdown/schedule.ts';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, type Done, follow, type History, targetAt, ZONES } from './plans.ts';

const START = at('2024-01-01T00:00:00Z');
const HOUR = 3600;

/** A date that moves up to four times within two years, to a different day (or to none) each time. */
const histories: fc.Arbitrary<History> = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 600 }), fc.option(fc.integer({ min: 0, max: 900 }), { freq: 4 })),
    {
      maxLength: 4,
      selector: ([, date]) => date ?? -1,
    },
  )
  .map((moves) => {
    const day = (count: number) => Temporal.PlainDate.from('2024-01-01').add({ days: count }).toString();
    const later = moves
      .toSorted(([a], [b]) => a - b)
      .map(([since, date]) => ({ since: day(since), date: date === null ? null : day(date) }));
    return [{ since: '2023-01-01', date: '2024-07-15' }, ...later];
  });

const countdowns: fc.Arbitrary<Countdown> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    time: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
    milestones: fc
      .uniqueArray(fc.integer({ min: 0, max: 365 }), { minLength: 1, maxLength: 6 })
      .map((days) => days.toSorted((a, b) => b - a)),
  })
  .map((given) => countdownOf({ ...given, createdAt: START.toString() }));

/** Steps of the clock in hours: mostly small ones, some a downtime of weeks, some an hour or two back. */
const walks = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 72 }) },
      { weight: 2, arbitrary: fc.integer({ min: 100, max: 1500 }) },
      { weight: 1, arbitrary: fc.integer({ min: -2, max: -1 }) },
    ),
    { minLength: 1, maxLength: 80 },
  )
  .map((hours) => {
    let now = START;
    return hours.map((count) => {
      now = now.add({ seconds: Math.round(count * HOUR) });
      return now;
    });
  });

function check(rule: (done: Done, countdown: Countdown, history: History, walk: Temporal.Instant[]) => void) {
  fc.assert(
    fc.property(countdowns, histories, walks, (countdown, history, walk) => {
      const done = follow(countdown, added('2024-07-15', START.toString()), history, walk);
      rule(done, countdown, history, walk);
    }),
    { numRuns: 600 },
  );
}

const notAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) <= 0;

test('a countdown posts nothing twice, whatever the clock and the facts do', () => {
  check(({ posted }) => {
    const keys = posted.map(({ occurrence }) => occurrence.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('a countdown posts nothing before it is due, and nothing for an outdated date', () => {
  check(({ posted }, _, history) => {
    for (const { occurrence, at: when } of posted) {
      expect(notAfter(occurrence.due, when)).toBe(true);
      expect(occurrence.date).toBe(targetAt(history, when).date);
    }
  });
});

test('each move is announced once, with the date that was announced before', () => {
  check(({ posted, progress }) => {
    let told: string | null = '2024-07-15';
    for (const { occurrence } of posted) {
      if (occurrence.kind === 'moved') {
        expect(occurrence.was).toBe(told);
        told = occurrence.date;
      } else expect(occurrence.date).toBe(told);
    }
    expect(progress.told).toBe(told);
  });
});

test('each milestone of the current date is posted, skipped or covered by the notice', () => {
  check(({ posted, skipped, progress }, countdown, history, walk) => {
    const end = walk.reduce((a, b) => (notAfter(a, b) ? b : a));
    const last = walk.at(-1) ?? START;
    const date = targetAt(history, last).date;
    if (date === null || date !== progress.told || !last.equals(end)) return;
    const notice = posted.findLast(({ occurrence }) => occurrence.kind === 'moved');
    const from = notice ? notice.at : START;
    for (const daysBefore of countdown.milestones) {
      const due = postInstantOn(
        Temporal.PlainDate.from(date).subtract({ days: daysBefore }).toString(),
        countdown,
      );
      if (notAfter(due, from) || !notAfter(due, end)) continue;
      const mine = (entry: { occurrence: { daysBefore: number; date: string; kind: string } }) =>
        entry.occurrence.kind === 'milestone' &&
        entry.occurrence.daysBefore === daysBefore &&
        entry.occurrence.date === date;
      const settled = posted.filter(mine).length + skipped.filter(mine).length;
      // While the date was another one, this one's milestones fell due unseen, and its notice told the days left.
      const seen = walk.some((now) => notAfter(due, now) && targetAt(history, now).date === date);
      expect(settled).toBe(seen ? 1 : 0);
    }
  });
});

test('a late milestone is posted only while it is useful, and each skip has a reason', () => {
  check(({ posted, skipped }) => {
    for (const { occurrence, at: when } of posted)
      if (occurrence.kind === 'milestone') expect(notAfter(when, occurrence.due.add(USEFUL_FOR))).toBe(true);
    for (const { reason } of skipped) expect(['late', 'collapsed']).toContain(reason);
  });
});
