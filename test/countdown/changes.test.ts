import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Countdown, Progress } from '../../src/countdown/countdown.ts';
import { applyEdit, type CountdownEdit, pause, resume } from '../../src/countdown/edits.ts';
import { upcomingPosts } from '../../src/countdown/forecast.ts';
import { postInstantOn } from '../../src/countdown/local-time.ts';
import type { Occurrence } from '../../src/countdown/occurrence.ts';
import { afterPost, afterSkip, planOf } from '../../src/countdown/schedule.ts';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, followItself, type History, targetAt, ZONES } from './plans.ts';

const START = at('2024-01-01T00:00:00Z');
const DATE = '2024-07-15';
const FACTS: History = [{ since: '2023-01-01', date: DATE }];
const MOVING: History = [...FACTS, { since: '2024-04-02', date: '2024-09-20' }];

/** What an admin does to a countdown, or that delivery looks at it, so many hours after what was before. */
type Step = { hours: number } & (
  | { does: 'look' }
  | { does: 'edit'; change: CountdownEdit }
  | { does: 'pause' }
  | { does: 'resume' }
);

interface Ran {
  posted: { occurrence: Occurrence; at: Temporal.Instant }[];
  /** The order in force from each instant on. */
  orders: { from: Temporal.Instant; order: Countdown }[];
  looks: Temporal.Instant[];
  progress: Progress;
}

/** Goes through the steps with a ledger: what is posted under a key is not posted again under it. */
function run(order: Countdown, history: History, steps: readonly Step[]): Ran {
  const ran: Ran = {
    posted: [],
    orders: [{ from: START, order }],
    looks: [],
    progress: added(DATE, String(START)),
  };
  const done = new Set<string>();
  let now = START;
  const current = () => ran.orders.at(-1)?.order ?? order;
  const look = () => {
    ran.looks.push(now);
    for (;;) {
      const plan = planOf(current(), ran.progress, targetAt(history, now), now);
      for (const { occurrence } of plan.skip) {
        done.add(occurrence.key);
        ran.progress = afterSkip(ran.progress, occurrence);
      }
      if (!plan.post) return;
      if (!done.has(plan.post.key)) ran.posted.push({ occurrence: plan.post, at: now });
      done.add(plan.post.key);
      ran.progress = afterPost(current(), ran.progress, plan.post, now);
    }
  };
  for (const step of steps) {
    now = now.add({ seconds: Math.round(step.hours * 3600) });
    const before = current();
    const put = (changed: Countdown) => ran.orders.push({ from: now, order: changed });
    if (step.does === 'edit') put(applyEdit(before, ran.progress, targetAt(history, now), step.change, now));
    else if (step.does === 'pause' && !before.pausedAt) put(pause(before, now));
    else if (step.does === 'resume' && before.pausedAt) put(resume(before, now));
    else if (step.does === 'look') look();
  }
  return ran;
}

const milestones = fc
  .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 5 })
  .map((days) => days.toSorted((a, b) => b - a));
const changes: fc.Arbitrary<CountdownEdit> = fc.record(
  {
    timeZone: fc.constantFrom(...ZONES),
    time: fc.constantFrom('00:00', '06:30', '09:00', '15:00', '23:59'),
    milestones,
    roleId: fc.constantFrom('100000000000000009', null),
    channel: fc.constantFrom(
      { id: '100000000000000002', publish: false },
      { id: '100000000000000003', publish: true },
    ),
  },
  { requiredKeys: [] },
);
const hours = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0.01, max: 60, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 100, max: 1000, noNaN: true }) },
);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ hours, does: fc.constant('look' as const) }) },
    { weight: 3, arbitrary: fc.record({ hours, does: fc.constant('edit' as const), change: changes }) },
    {
      weight: 1,
      arbitrary: fc.record({ hours, does: fc.constantFrom('pause' as const, 'resume' as const) }),
    },
  ),
  { minLength: 2, maxLength: 60 },
);
const orders = fc
  .record({ timeZone: fc.constantFrom(...ZONES), milestones })
  .map((given) => countdownOf({ ...given, createdAt: START.toString() }));

function check(rule: (ran: Ran, history: History) => void) {
  fc.assert(
    fc.property(orders, fc.constantFrom(FACTS, MOVING), steps, (order, history, all) => {
      rule(run(order, history, all), history);
    }),
    { numRuns: 800 },
  );
}

const notAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) <= 0;
const isMilestone = ({ occurrence }: { occurrence: Occurrence }) => occurrence.kind === 'milestone';
/** When a milestone was due by an order; null where the order has no such milestone. */
const dueBy = (order: Countdown, { daysBefore, date }: Occurrence) =>
  order.milestones.includes(daysBefore)
    ? postInstantOn(Temporal.PlainDate.from(date).subtract({ days: daysBefore }).toString(), order)
    : null;

test('a countdown posts nothing twice, however often it is edited, paused and resumed', () => {
  check(({ posted }) => {
    const keys = posted.map(({ occurrence }) => occurrence.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('a countdown posts only milestones that its settings had when they fell due', () => {
  check(({ posted, orders: all }) => {
    for (const { occurrence, at: when } of posted.filter(isMilestone)) {
      expect(notAfter(occurrence.due, when)).toBe(true);
      const stood = all.filter(({ from }) => notAfter(from, occurrence.due)).at(-1)?.order;
      expect(stood && String(dueBy(stood, occurrence))).toBe(String(occurrence.due));
      expect(stood?.pausedAt).toBeUndefined();
    }
  });
});

test('a paused countdown posts nothing, and skips its missed milestones when resumed', () => {
  check(({ posted, orders: all }) => {
    for (const { occurrence, at: when } of posted) {
      const stood = all.filter(({ from }) => notAfter(from, when)).at(-1);
      expect(stood?.order.pausedAt).toBeUndefined();
      const resumes = all.filter(({ order }, index) => !order.pausedAt && all[index - 1]?.order.pausedAt);
      for (const { from } of resumes)
        if (notAfter(from, when) && isMilestone({ occurrence }))
          expect(notAfter(from, occurrence.due)).toBe(true);
    }
  });
});

test('a milestone that is checked in time is posted, whatever is edited afterwards', () => {
  check(({ posted, orders: all, looks }, history) => {
    if (history !== FACTS) return;
    for (const [index, { from, order }] of all.entries()) {
      const until = all[index + 1]?.from ?? looks.at(-1) ?? from;
      if (order.pausedAt) continue;
      for (const daysBefore of order.milestones) {
        const due = postInstantOn(
          Temporal.PlainDate.from(DATE).subtract({ days: daysBefore }).toString(),
          order,
        );
        const seen = looks.find((look) => notAfter(due, look));
        const inTime = seen && notAfter(seen, due.add({ hours: 24 })) && notAfter(seen, until);
        if (notAfter(due, from) || !inTime) continue;
        const others = order.milestones.filter((milestone) => milestone !== daysBefore);
        const newer = others.some((milestone) => {
          const theirs = postInstantOn(
            Temporal.PlainDate.from(DATE).subtract({ days: milestone }).toString(),
            order,
          );
          return notAfter(due, theirs) && notAfter(theirs, seen);
        });
        if (newer) continue;
        expect(posted.map(({ occurrence }) => occurrence.daysBefore)).toContain(daysBefore);
      }
    }
  });
});

const countdown = countdownOf({ milestones: [30, 7, 0], createdAt: START.toString() });
const look = (hoursLater: number): Step => ({ hours: hoursLater, does: 'look' });
const edit = (hoursLater: number, change: CountdownEdit): Step => ({
  hours: hoursLater,
  does: 'edit',
  change,
});
const untilDue = (daysBefore: number) =>
  postInstantOn(Temporal.PlainDate.from(DATE).subtract({ days: daysBefore }).toString(), countdown)
    .since(START)
    .total('hours');
const told = ({ posted }: Ran) =>
  posted.map(({ occurrence, at: when }) => `${occurrence.daysBefore} at ${when}`);

test('a due post is still made after an edit, and only once', () => {
  const ran = run(countdown, FACTS, [
    edit(untilDue(7) + 1, { channel: { id: '100000000000000002', publish: false }, time: '06:00' }),
    edit(1, { timeZone: 'Asia/Tokyo' }),
    look(1),
    look(24),
  ]);
  expect(told(ran)).toEqual(['7 at 2024-07-08T12:00:00Z']);
});

test('a posted milestone is not posted again when an edit makes it due again', () => {
  const steps = [look(untilDue(7)), edit(1, { time: '15:00' })];
  expect(told(run(countdown, FACTS, [...steps, look(24)]))).toEqual(['7 at 2024-07-08T09:00:00Z']);
  const ran = run(countdown, FACTS, steps);
  const last = ran.orders.at(-1)?.order ?? countdown;
  const now = at('2024-07-08T10:00:00Z');
  const settled = new Set(['abcdefghij/milestone/7/2024-07-15']);
  const comings = upcomingPosts(last, ran.progress, targetAt(FACTS, now), now, settled);
  expect(comings.map(({ occurrence }) => occurrence.daysBefore)).toEqual([0]);
});

test('a milestone that an edit puts into the past is not posted', () => {
  const ran = run(countdown, FACTS, [
    look(untilDue(30)),
    edit(24, { milestones: [30, 29, 28, 7, 0] }),
    look(1),
  ]);
  expect(told(ran)).toEqual(['30 at 2024-06-15T09:00:00Z']);
});

test('a move during a pause is announced at the first posting time after resuming', () => {
  const ran = run(countdown, MOVING, [
    { hours: 24, does: 'pause' },
    look(24 * 120),
    { hours: 3, does: 'resume' },
    look(1),
    look(24),
    look(24),
  ]);
  const [notice, ...more] = ran.posted;
  expect(more).toEqual([]);
  expect(notice?.occurrence).toMatchObject({ kind: 'moved', was: DATE, date: '2024-09-20' });
  expect(String(notice?.occurrence.due)).toBe('2024-05-01T09:00:00Z');
});

test('the forecast lists the posts and instants that follow while nothing changes', () => {
  const instants = fc.integer({ min: 0, max: 300 * 24 }).map((count) => START.add({ hours: count }));
  fc.assert(
    fc.property(
      orders,
      fc.constantFrom(FACTS, MOVING),
      fc.constantFrom(DATE, null),
      instants,
      (order, history, known, now) => {
        const progress = { told: known, settledThrough: now.toString() };
        const target = { ...targetAt(history, now), changes: null };
        const still: History = [{ since: target.since, date: target.date }];
        const done = followItself(order, progress, still, now, at('2030-01-01T00:00Z'));
        const comings = upcomingPosts(order, progress, target, now);
        expect(comings.map(({ occurrence, at: when }) => `${occurrence.key} ${when}`)).toEqual(
          done.posted.map(({ occurrence, at: when }) => `${occurrence.key} ${when}`),
        );
      },
    ),
    { numRuns: 300 },
  );
});
