import type { Countdown, Progress } from './countdown.ts';
import { resume } from './edits.ts';
import { latest } from './local-time.ts';
import { afterPost, type Occurrence, planOf } from './schedule.ts';
import type { Target } from './target.ts';

/** A post that will come, and when. */
export interface UpcomingPost {
  occurrence: Occurrence;
  at: Temporal.Instant;
}

/**
 * What a countdown will post as the facts stand, in order: what is due and not yet made first, then what comes after it,
 * through the notice of a moved date to the milestones behind it. `settled` are the keys that are done with: an edit may
 * have made one of them fall due again. Of a paused countdown, what would come if it were resumed now.
 */
export function upcomingPosts(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
  settled: ReadonlySet<string> = new Set(),
): UpcomingPost[] {
  const order = countdown.pausedAt ? resume(countdown, now) : countdown;
  const first = planOf(order, progress, target, now);
  const comings = [
    ...(first.post ? [first.post] : []),
    ...first.upcoming.filter((one) => one !== first.post),
  ];
  const [head] = comings;
  if (head?.kind === 'moved' || head?.kind === 'dated') {
    const at = latest(head.due, now);
    const after = planOf(order, afterPost(order, progress, head, at), target, at);
    comings.push(...(after.post ? [after.post] : []), ...after.upcoming);
  }
  return comings
    .filter(({ key }) => !settled.has(key))
    .map((occurrence) => ({ occurrence, at: latest(occurrence.due, now) }));
}
