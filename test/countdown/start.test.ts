import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Countdown } from '../../src/countdown/countdown.ts';
import { applyEdit } from '../../src/countdown/edits.ts';
import { notAfter, postInstantOn } from '../../src/countdown/local-time.ts';
import type { Occurrence } from '../../src/countdown/occurrence.ts';
import { afterPost, afterSkip, planOf } from '../../src/countdown/schedule.ts';
import type { Target } from '../../src/countdown/target.ts';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, ZONES } from './plans.ts';

const DATE = '2026-12-24';

/** A countdown to a date of the server's own with an hour. */
const party = (given: Partial<Countdown> = {}, time = '20:00', date = DATE): Countdown =>
  countdownOf({ release: 'own', own: { title: 'Party', date, time }, ...given });

const targetFor = ({ own }: Countdown): Target => ({
  date: own?.date ?? null,
  ...(own?.time && { time: own.time }),
  since: own?.movedOn ?? '2026-01-01',
  changes: null,
  isFinal: true,
});

const startOf = ({ own, timeZone }: Countdown) =>
  postInstantOn(own?.date ?? '', { timeZone, time: own?.time ?? '' });

/** Checks a countdown at these instants as delivery does, with every post arriving. */
function follow(countdown: Countdown, from: Temporal.Instant, instants: readonly Temporal.Instant[]) {
  const posted: { occurrence: Occurrence; at: Temporal.Instant }[] = [];
  const skipped: { occurrence: Occurrence; reason: string }[] = [];
  let progress = added(`${countdown.own?.date}T${countdown.own?.time}`, String(from));
  let next: Temporal.Instant | null = null;
  for (const now of instants) {
    for (;;) {
      const plan = planOf(countdown, progress, targetFor(countdown), now);
      next = plan.next;
      for (const skip of plan.skip) {
        skipped.push(skip);
        progress = afterSkip(progress, skip.occurrence);
      }
      if (!plan.post) break;
      posted.push({ occurrence: plan.post, at: now });
      progress = afterPost(countdown, progress, plan.post, now);
    }
  }
  return { posted, skipped, progress, next };
}

/** Checks it exactly when the last check said to. */
function followItself(countdown: Countdown, from: Temporal.Instant) {
  const instants = [from];
  for (;;) {
    const done = follow(countdown, from, instants);
    if (!done.next) return done;
    instants.push(done.next);
  }
}

const inWords = (posted: readonly { occurrence: Occurrence; at: Temporal.Instant }[]) =>
  posted.map(
    ({ occurrence: { daysBefore, minutesBefore }, at: when }) =>
      `${minutesBefore ? `${minutesBefore}m` : daysBefore} at ${when}`,
  );

test('a date with an hour posts days before at the local time, hours and minutes before the start, and at the start', () => {
  const countdown = party({ milestones: [7, 1, 0], minutesBefore: [120, 15], timeZone: 'America/New_York' });
  const done = followItself(countdown, at('2026-12-01T00:00Z'));
  expect(inWords(done.posted)).toEqual([
    '7 at 2026-12-17T14:00:00Z',
    '1 at 2026-12-23T14:00:00Z',
    '120m at 2026-12-24T23:00:00Z',
    '15m at 2026-12-25T00:45:00Z',
    '0 at 2026-12-25T01:00:00Z',
  ]);
});

test('the key of a post that depends on the hour holds it, and those of earlier days are as without an hour', () => {
  const countdown = party({ milestones: [7, 0], minutesBefore: [120] });
  const { upcoming } = planOf(
    countdown,
    added(`${DATE}T20:00`, '2026-12-01T00:00Z'),
    targetFor(countdown),
    at('2026-12-01T00:00Z'),
  );
  expect(upcoming.map(({ key }) => key)).toEqual([
    'abcdefghij/milestone/7/2026-12-24',
    'abcdefghij/milestone/120m/2026-12-24T20:00',
    'abcdefghij/milestone/0/2026-12-24T20:00',
  ]);
});

test('a post of the minutes before is skipped once the start has passed, and the start is posted late', () => {
  const countdown = party({ milestones: [0], minutesBefore: [120, 15] });
  const before = follow(countdown, at('2026-12-24T00:00Z'), [at('2026-12-24T19:50Z')]);
  expect(inWords(before.posted)).toEqual(['15m at 2026-12-24T19:50:00Z']);
  expect(before.skipped.map(({ reason }) => reason)).toEqual(['collapsed']);
  const after = follow(countdown, at('2026-12-24T00:00Z'), [at('2026-12-24T20:30Z')]);
  expect(inWords(after.posted)).toEqual(['0 at 2026-12-24T20:30:00Z']);
  const without = follow(party({ milestones: [], minutesBefore: [15] }), at('2026-12-24T00:00Z'), [
    at('2026-12-24T20:00:00.001Z'),
  ]);
  expect(without.posted).toEqual([]);
  expect(without.skipped.map(({ reason }) => reason)).toEqual(['late']);
});

test('minutes before are of real time when the clocks change in between', () => {
  // On March 8, 2026, clocks in New York go from 2:00 to 3:00.
  const countdown = party(
    { milestones: [0], minutesBefore: [180], timeZone: 'America/New_York' },
    '04:00',
    '2026-03-08',
  );
  const done = followItself(countdown, at('2026-03-01T00:00Z'));
  expect(inWords(done.posted)).toEqual(['180m at 2026-03-08T05:00:00Z', '0 at 2026-03-08T08:00:00Z']);
});

const parties = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    time: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
    milestones: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
    minutesBefore: fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 }),
    day: fc.integer({ min: 60, max: 800 }),
    start: fc.integer({ min: 0, max: 24 * 60 - 1 }),
  })
  .map(({ day, start, ...given }) => {
    const farthestFirst = (list: number[]) => list.toSorted((a, b) => b - a);
    const time = Temporal.PlainTime.from('00:00')
      .add({ minutes: start })
      .toString({ smallestUnit: 'minute' });
    const date = Temporal.PlainDate.from('2010-11-01').add({ days: day }).toString();
    const milestones = farthestFirst(given.milestones);
    return party({ ...given, milestones, minutesBefore: farthestFirst(given.minutesBefore) }, time, date);
  });
const FROM = at('2010-11-01T00:00Z');

test('each milestone is posted once at its own instant, in every zone and whatever clocks do there', () => {
  fc.assert(
    fc.property(parties, (countdown) => {
      const { posted, skipped } = followItself(countdown, FROM);
      const keys = [...posted, ...skipped].map(({ occurrence }) => occurrence.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBe(countdown.milestones.length + (countdown.minutesBefore?.length ?? 0));
      // Only where two fall on the same instant is one of them skipped.
      for (const { occurrence } of skipped)
        expect(posted.some((post) => post.occurrence.due.equals(occurrence.due))).toBe(true);
      for (const { occurrence, at: when } of posted) {
        expect(when.equals(occurrence.due)).toBe(true);
        const { minutesBefore } = occurrence;
        const left = startOf(countdown).since(when).total('minutes');
        if (minutesBefore) expect(left).toBe(minutesBefore);
        else if (occurrence.daysBefore === 0) expect(left).toBe(0);
        else expect(left).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});

test('a process that comes late posts nothing twice, nothing early, and no hours or minutes after the start', () => {
  const hours = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(parties, hours, (countdown, steps) => {
      let now = startOf(countdown).subtract({ hours: 45 * 24 });
      const from = now;
      const walk = steps.map((step) => {
        now = now.add({ minutes: step * 20 });
        return now;
      });
      const { posted, skipped } = follow(countdown, from, walk);
      const keys = [...posted, ...skipped].map(({ occurrence }) => occurrence.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { occurrence, at: when } of posted) {
        expect(notAfter(occurrence.due, when)).toBe(true);
        if (occurrence.minutesBefore) expect(notAfter(when, startOf(countdown))).toBe(true);
      }
      for (const { reason } of skipped) expect(['late', 'collapsed']).toContain(reason);
    }),
    { numRuns: 300 },
  );
});

test('an edit to another hour posts the new start, and no milestone of earlier days again', () => {
  const countdown = party({ milestones: [1, 0], minutesBefore: [60] });
  const from = at('2026-12-20T00:00Z');
  const { posted, progress } = follow(countdown, from, [at('2026-12-24T20:00Z')]);
  expect(inWords(posted)).toEqual(['0 at 2026-12-24T20:00:00Z']);
  const now = at('2026-12-24T20:05Z');
  const edited = applyEdit(
    countdown,
    progress,
    targetFor(countdown),
    { date: DATE, startTime: '22:00' },
    now,
  );
  expect(edited.own).toEqual({ title: 'Party', date: DATE, time: '22:00' });
  const { upcoming } = planOf(edited, progress, targetFor(edited), now);
  expect(upcoming.map(({ key }) => key)).toEqual([
    'abcdefghij/milestone/60m/2026-12-24T22:00',
    'abcdefghij/milestone/0/2026-12-24T22:00',
  ]);
});

test('a new hour that the channel is to be told is announced at the local time, and before the start at the latest', () => {
  const countdown = party({ milestones: [0] });
  const from = '2026-12-20T00:00Z';
  const notice = (now: string) => {
    const edit = { date: DATE, startTime: '21:00', movedOn: now.slice(0, 10) };
    const progress = added(`${DATE}T20:00`, from);
    const edited = applyEdit(countdown, progress, targetFor(countdown), edit, at(now));
    return planOf(edited, progress, targetFor(edited), at(now));
  };
  expect(notice('2026-12-22T12:00Z').upcoming).toMatchObject([
    { kind: 'moved', due: at('2026-12-23T09:00Z'), was: '2026-12-24T20:00' },
  ]);
  expect(notice('2026-12-24T19:00Z').post).toMatchObject({ kind: 'moved', due: at('2026-12-24T19:00Z') });
});
