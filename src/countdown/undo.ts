import { z } from 'zod';
import type { Day } from '../facts/dates.ts';
import { type Countdown, countdownSchema, type Progress } from './countdown.ts';
import { notAfter } from './local-time.ts';

/** How long a removed countdown is kept, so that its removal can be undone. */
export const REMOVAL_KEPT_FOR = Temporal.Duration.from({ minutes: 15 });

/** A countdown that was removed, and is kept for a while. */
export const removedCountdownSchema = z.strictObject({
  countdown: countdownSchema.meta({ description: 'A removed countdown, with the same fields', isCopy: true }),
  at: z.string().describe('When it was removed; it is erased 15 minutes later'),
});
/** A countdown that was removed, and is kept for a while. */
export type RemovedCountdown = z.output<typeof removedCountdownSchema>;

/** The last change of a countdown. */
export const recentChangeSchema = z.strictObject({
  change: z.string().describe('A random name for the last change of a countdown'),
  before: countdownSchema.meta({
    description: 'The countdown as it was before that, with the same fields',
    isCopy: true,
  }),
});
/** The last change of a countdown. */
export type RecentChange = z.output<typeof recentChangeSchema>;

/** Returns until when the removal of a countdown can be undone. */
export const undoableUntil = ({ at }: RemovedCountdown): Temporal.Instant =>
  Temporal.Instant.from(at).add(REMOVAL_KEPT_FOR);

/** Whether the removal of a countdown can no longer be undone. */
export const isTooLate = (removed: RemovedCountdown, now: Temporal.Instant): boolean =>
  notAfter(undoableUntil(removed), now);

/**
 * Returns the countdown after its last change is undone: as it was before. Posts that fell due meanwhile are made late, as after an
 * outage. Where the channel was told of a moved date already, it is told that the date has moved back.
 */
export function undoChange(
  changed: Countdown,
  progress: Progress,
  before: Countdown,
  { now, today }: { now: Temporal.Instant; today: Day },
): Countdown {
  const { own } = before;
  const wasTold = changed.own?.movedOn !== undefined && changed.own.movedOn !== own?.movedOn;
  if (!own || !wasTold || progress.told !== momentOf(changed.own) || progress.told === momentOf(own))
    return before;
  return { ...before, own: { ...own, movedOn: today }, since: now.toString() };
}

const momentOf = (own: Countdown['own']) => (own?.time ? `${own.date}T${own.time}` : own?.date);
