import { type Countdown, type CountdownState, type Progress, silence } from './countdown.ts';
import { latest, notAfter } from './local-time.ts';
import { countTries, nextTry } from './retry-series.ts';
import { planOf } from './schedule.ts';
import { type Target, toldDateOf } from './target.ts';

/** After how many hours a channel that refuses posts is checked again. */
const RECHECK_HOURS = [1, 4, 24];

type Recheck = NonNullable<Progress['recheck']>;

/** Returns the state of the rechecks right after a refusal, or after a check when a post fell due. */
export const newRecheck = (now: Temporal.Instant): Recheck => ({ since: now.toString(), count: 0 });

/**
 * Returns when to check again whether the channel of a silenced countdown still refuses posts: 1, 4 and 24 hours after the refusal
 * while a post is due and useful, and when the next one falls due. Null where nothing will be due. A person's reminders are not
 * checked: only a message to them could tell.
 */
export function nextRecheck(
  { countdown, progress }: CountdownState,
  target: Target,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (countdown.pausedAt || countdown.personal || !silence(countdown, progress)) return null;
  const { due, next } = duePosts(countdown, progress, target, now);
  if (!due) return next;
  const { recheck } = progress;
  if (!recheck || isNewer(due, recheck)) return due;
  return nextTry(recheck, RECHECK_HOURS) ?? next;
}

/** Returns the state of the rechecks after a check at `now` that found the channel closed. */
export function afterRecheck(
  { countdown, progress }: CountdownState,
  target: Target,
  now: Temporal.Instant,
): Recheck {
  const { recheck } = progress;
  const { due } = duePosts(countdown, progress, target, now);
  if (!recheck || !due || isNewer(due, recheck)) return newRecheck(now);
  return { since: recheck.since, count: countTries(recheck, RECHECK_HOURS, now) };
}

/** Returns when the newest post fell due that is still useful, and when the next one will. */
function duePosts(countdown: Countdown, progress: Progress, target: Target, now: Temporal.Instant) {
  const plan = planOf(countdown, progress, target, now);
  if (!plan.post) return { due: null, next: plan.next };
  // A notice that is due hides the milestones: they are planned as if it had been posted.
  const milestones = planOf(countdown, { ...progress, told: toldDateOf(target) }, target, now);
  return { due: latest(plan.post.due, milestones.post?.due ?? plan.post.due), next: milestones.next };
}

/** Whether a post fell due after a series of checks began. */
const isNewer = (due: Temporal.Instant, { since }: Recheck) => !notAfter(due, Temporal.Instant.from(since));
