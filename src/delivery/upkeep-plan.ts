import type { Countdown } from '../countdown/countdown.ts';
import { earliest, isKnownZone, latest, notAfter, postInstantOn } from '../countdown/local-time.ts';
import { dayOf, type Target } from '../countdown/target.ts';
import type { Ledger, LedgerRecord, Posted } from './ledger.ts';

/** What is done with a post after it was made. */
export type Task = 'remove' | 'pin' | 'unpin';

/** A task for one post of the ledger, and when it is due. */
export interface UpkeepTask {
  key: string;
  posted: Posted & { channelId: string };
  task: Task;
  due: Temporal.Instant;
}

/** How long posts stay after the day, and after the last of them, where none is to be kept. */
const KEPT_FOR = Temporal.Duration.from({ hours: 24 });

type Records = Readonly<Record<string, LedgerRecord>>;
type Post = Pick<UpkeepTask, 'key' | 'posted'>;

/** Ids of messages grow with time, and longer ones are larger. The instants of records are by a clock that may be set back. */
const byMessage = (a: Post, b: Post) =>
  a.posted.messageId.padStart(20, '0') < b.posted.messageId.padStart(20, '0') ? -1 : 1;

/** Returns the posts that are there as far as the ledger knows, the newest last. */
export function existingPosts(records: Records): Post[] {
  return Object.entries(records)
    .flatMap(([key, record]): Post[] => {
      if (record.state !== 'posted' || record.removed || record.messageId === 'deleted') return [];
      const { channelId } = record;
      return channelId ? [{ key, posted: { ...record, channelId } }] : [];
    })
    .sort(byMessage);
}

/** Returns the deletions that have begun. They are ended also where the countdown is removed. */
export function begunRemovals(records: Records): UpkeepTask[] {
  return existingPosts(records).flatMap(({ key, posted }) => {
    const { pending } = posted;
    if (pending?.task !== 'remove') return [];
    return [{ key, posted, task: 'remove' as const, due: Temporal.Instant.from(pending.retryAt) }];
  });
}

/**
 * Returns what is to be done with the posts of a countdown, now or later. Pure. The newest post is never removed for a newer one
 * that is not confirmed: only confirmed posts count.
 */
export function upkeepOf(records: Records, countdown: Countdown, target: Target): UpkeepTask[] {
  if (!isKnownZone(countdown.timeZone)) return [];
  const posts = existingPosts(records);
  const newest = posts.at(-1);
  if (!newest) return [];
  return posts.flatMap((post) => {
    const { pending } = post.posted;
    const isBegun = pending?.task === 'remove' && countdown.keep !== undefined;
    const wanted = isBegun
      ? { task: 'remove' as const, due: Temporal.Instant.from(pending.retryAt) }
      : wantedOf(countdown, target, post, newest);
    if (!wanted) return [];
    const again = pending?.task === wanted.task ? Temporal.Instant.from(pending.retryAt) : wanted.due;
    return [{ ...post, task: wanted.task, due: latest(wanted.due, again) }];
  });
}

type Wanted = Pick<UpkeepTask, 'task' | 'due'>;

function wantedOf(countdown: Countdown, target: Target, post: Post, newest: Post): Wanted | undefined {
  const newestAt = Temporal.Instant.from(newest.posted.at);
  const pin = pinOf(countdown, post, newest);
  if (pin) return { task: pin, due: newestAt };
  const { keep } = countdown;
  // First it is published, so that the followers get it.
  if (!keep || post.posted.publish === 'open') return undefined;
  if (keep === 'newest') return post === newest ? undefined : { task: 'remove', due: newestAt };
  const end = endOf(countdown, target, post.key);
  return end && { task: 'remove', due: latest(end, newestAt.add(KEPT_FOR)) };
}

/** The newest message of a live countdown is pinned, the one before it no longer. */
function pinOf({ live }: Countdown, post: Post, newest: Post): 'pin' | 'unpin' | undefined {
  const { pinned, live: isLive } = post.posted;
  if (!live || !isLive) return undefined;
  if (post === newest) return pinned ? undefined : 'pin';
  return pinned === 'done' ? 'unpin' : undefined;
}

/** A day after the post of the day; undefined where the day is not known. */
function endOf(countdown: Countdown, target: Target, key: string): Temporal.Instant | undefined {
  const date = countdown.anniversary ? key.slice(key.lastIndexOf('/') + 1) : dayOf(target);
  if (!date) return undefined;
  const { timeZone, time } = countdown;
  return postInstantOn(date, { timeZone, time: target.time ?? time }).add(KEPT_FOR);
}

/** Returns when the next task of a countdown is due; null where there is none. */
export async function nextUpkeepAt(
  ledger: Pick<Ledger, 'all'>,
  countdown: Countdown,
  target: Target,
): Promise<Temporal.Instant | null> {
  if (!countdown.keep && !countdown.live) return null;
  const tasks = upkeepOf(await ledger.all(countdown.id), countdown, target);
  return tasks.reduce<Temporal.Instant | null>((next, { due }) => earliest(next, due), null);
}

/** Whether a task is due. */
export const isDue = ({ due }: UpkeepTask, now: Temporal.Instant) => notAfter(due, now);
