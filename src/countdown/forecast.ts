import type { Countdown, Progress } from './countdown.ts';
import { resume } from './edits.ts';
import { skipDueNews } from './follow/news-plan.ts';
import { latest } from './local-time.ts';
import type { Occurrence } from './occurrence.ts';
import { afterPost, planOf } from './schedule.ts';
import type { Target } from './target.ts';

/** A post that will be made, and when. */
export interface UpcomingPost {
  occurrence: Occurrence;
  at: Temporal.Instant;
}

/**
 * Returns what a countdown will post by the given target, in order, including the milestones that follow a notice. Leaves out the
 * keys in `settled`: an edit may have made one of them due again. For a paused countdown, returns the posts as if resumed now.
 */
export function upcomingPosts(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
  settled: ReadonlySet<string> = new Set(),
): UpcomingPost[] {
  const order = countdown.pausedAt ? resume(skipDueNews(countdown, progress, target, now), now) : countdown;
  const first = planOf(order, progress, target, now);
  const occurrences = [
    ...(first.post ? [first.post] : []),
    ...first.upcoming.filter((occurrence) => occurrence !== first.post),
  ];
  const [head] = occurrences;
  if (head?.kind === 'moved' || head?.kind === 'dated') {
    const at = latest(head.due, now);
    const after = planOf(order, afterPost(order, progress, head, at), target, at);
    occurrences.push(...(after.post ? [after.post] : []), ...after.upcoming);
  }
  return occurrences
    .filter(({ key }) => !settled.has(key))
    .map((occurrence) => ({ occurrence, at: latest(occurrence.due, now) }));
}
