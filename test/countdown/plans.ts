import type { Countdown, Progress } from '../../src/countdown/countdown.ts';
import type { Occurrence, SkipReason } from '../../src/countdown/occurrence.ts';
import { afterPost, afterSkip, planOf } from '../../src/countdown/schedule.ts';
import type { Target } from '../../src/countdown/target.ts';
import { at } from '../commands/countdown/support.ts';

/** All zones that the machine knows. */
export const ZONES = Intl.supportedValuesOf('timeZone');

export function countdownOf(given: Partial<Countdown> = {}): Countdown {
  return {
    id: 'abcdefghij',
    channelId: '100000000000000001',
    release: 'film/release',
    anniversary: false,
    timeZone: 'UTC',
    time: '09:00',
    milestones: [30, 7, 1, 0],
    locale: 'en-US',
    createdAt: '2020-01-01T00:00:00Z',
    ...given,
  };
}

/** What the facts say over time: the date that is known from each day on. */
export type History = readonly { since: string; date: string | null }[];

/** What they say on the UTC day of an instant. */
export function targetAt(history: History, now: Temporal.Instant): Target {
  const day = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
  const known = history.findLast(({ since }) => since <= day);
  const changes = history.find(({ since }) => since > day)?.since ?? null;
  return { date: known?.date ?? null, since: known?.since ?? day, changes, isFinal: false };
}

export interface Done {
  posted: { occurrence: Occurrence; at: Temporal.Instant }[];
  skipped: { occurrence: Occurrence; reason: SkipReason }[];
  progress: Progress;
  /** When the countdown is to be looked at again. */
  next: Temporal.Instant | null;
}

/** Looks at a countdown at each of these instants as delivery does, with every post arriving. */
export function follow(
  countdown: Countdown,
  start: Progress,
  history: History,
  instants: readonly Temporal.Instant[],
): Done {
  const done: Done = { posted: [], skipped: [], progress: start, next: null };
  for (const now of instants) {
    for (;;) {
      const plan = planOf(countdown, done.progress, targetAt(history, now), now);
      done.next = plan.next;
      for (const skip of plan.skip) {
        done.skipped.push(skip);
        done.progress = afterSkip(done.progress, skip.occurrence);
      }
      if (!plan.post) break;
      done.posted.push({ occurrence: plan.post, at: now });
      done.progress = afterPost(countdown, done.progress, plan.post, now);
    }
  }
  return done;
}

/** Follows a countdown by its own word alone: looks exactly when the last look said to look next. */
export function followItself(
  countdown: Countdown,
  start: Progress,
  history: History,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Done {
  const instants = [from];
  for (;;) {
    const done = follow(countdown, start, history, instants);
    if (!done.next || Temporal.Instant.compare(done.next, until) > 0) return done;
    const last = instants.at(-1) ?? from;
    if (Temporal.Instant.compare(done.next, last) <= 0)
      throw new Error(`it wants to be looked at again at ${last}`);
    instants.push(done.next);
  }
}

/** The progress of a countdown added at an instant, when the channel knows that date. */
export const added = (told: string | null, when: string): Progress => ({
  told,
  settledThrough: at(when).toString(),
});

/** "milestone 30 at 2024-05-08T09:00:00Z" */
export const inWords = ({ posted }: Done): string[] =>
  posted.map(({ occurrence: { kind, daysBefore }, at: when }) =>
    kind === 'milestone' || kind === 'anniversary'
      ? `${kind} ${daysBefore} at ${when}`
      : `${kind} at ${when}`,
  );
