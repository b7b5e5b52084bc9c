import type { CountdownState } from './countdown.ts';
import { upcomingPosts } from './forecast.ts';
import { isKnownZone, notAfter, postInstantOn } from './local-time.ts';
import { dayOf, type Target } from './target.ts';

/** A finished countdown is kept this long after its day, so that its status can still be read. */
const KEPT_FOR = Temporal.Duration.from({ hours: 30 * 24 });

/**
 * Whether a server's own date or a reminder has made its last post. Other countdowns never finish: new facts may move a release,
 * and anniversaries come every year.
 */
export function isFinished(
  { countdown, progress }: CountdownState,
  target: Target,
  now: Temporal.Instant,
): boolean {
  const day = lastDayOf(countdown, target);
  return day !== null && upcomingPosts(countdown, progress, target, now).length === 0;
}

/** Returns when a countdown is to be deleted, if it has no posts left by then; null where it never finishes. */
export function deletionInstant({ countdown }: CountdownState, target: Target): Temporal.Instant | null {
  const day = lastDayOf(countdown, target);
  return day === null ? null : postInstantOn(day, countdown).add(KEPT_FOR);
}

/** Whether a countdown has been finished for so long that it is to be deleted. */
export function isExpired(state: CountdownState, target: Target, now: Temporal.Instant): boolean {
  const deletion = deletionInstant(state, target);
  return deletion !== null && notAfter(deletion, now) && isFinished(state, target, now);
}

function lastDayOf(countdown: CountdownState['countdown'], target: Target) {
  const { own, personal, anniversary, timeZone } = countdown;
  const canFinish = (own || personal) && !anniversary && target.isFinal && isKnownZone(timeZone);
  return canFinish ? dayOf(target) : null;
}
