import type { Day } from '../facts/dates.ts';
import type { Countdown, KeptPosts, OwnDate, Progress } from './countdown.ts';
import { newsDueBy } from './follow/news-plan.ts';
import { changeLook, type LookChange } from './look.ts';
import { planOf } from './schedule.ts';
import type { Target } from './target.ts';

/** What an edit changes. What it leaves out stays as it is. */
export interface CountdownEdit extends LookChange {
  /** The new channel, and whether posts are published there. */
  channel?: { id: string; publish: boolean } | undefined;
  timeZone?: string | undefined;
  time?: string | undefined;
  /** With them come all in minutes: where there are none, a countdown has none any more. */
  milestones?: number[] | undefined;
  minutesBefore?: number[] | undefined;
  /** Null: no role is mentioned any more. */
  roleId?: string | null | undefined;
  locale?: string | undefined;
  /** Of a date of the server's own, like the next two. */
  title?: string | undefined;
  date?: Day | undefined;
  /** The new hour; null: the date has none any more. */
  startTime?: string | null | undefined;
  /** The day of the edit, where the channel is to be told of the new date. */
  movedOn?: Day | undefined;
  /** Which posts stay; "all" takes the choice away. */
  keep?: KeptPosts | 'all' | undefined;
  live?: boolean | undefined;
}

/**
 * Returns the countdown after an edit. Milestones that the edit moves into the past are not posted. A post that was due before
 * the edit, and not yet made, is still due.
 */
export function applyEdit(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  change: CountdownEdit,
  now: Temporal.Instant,
): Countdown {
  const { owed: _, roleId: before, own, minutesBefore: minutes, ...others } = countdown;
  const { sentence, colour, pictureOff, keep: kept, live: wasLive, ...order } = others;
  const { channel, roleId = before, keep = kept, live = wasLive } = change;
  const minutesBefore = change.milestones ? change.minutesBefore : minutes;
  const { post } = planOf(countdown, progress, target, now);
  return {
    ...order,
    ...(channel && { channelId: channel.id, publish: channel.publish }),
    timeZone: change.timeZone ?? order.timeZone,
    time: change.time ?? order.time,
    milestones: change.milestones ?? order.milestones,
    ...(minutesBefore && minutesBefore.length > 0 && { minutesBefore }),
    locale: change.locale ?? order.locale,
    ...changeLook({ sentence, colour, pictureOff }, change),
    ...(roleId && { roleId }),
    ...(own && { own: editDate(own, change) }),
    ...(keep && keep !== 'all' && { keep }),
    ...(live && { live }),
    since: now.toString(),
    ...(post && { owed: { key: post.key, due: post.due.toString() } }),
  };
}

/** A new date without `movedOn` also cancels an earlier `movedOn`: the channel is not told. */
function editDate({ movedOn: before, ...own }: OwnDate, change: CountdownEdit): OwnDate {
  const { title = own.title, date = own.date, startTime = own.time } = change;
  const told = change.date ? change.movedOn : before;
  return { title, date, ...(startTime && { time: startTime }), ...(told && { movedOn: told }) };
}

/** Returns the countdown, paused. */
export function pause(countdown: Countdown, now: Temporal.Instant): Countdown {
  return { ...countdown, pausedAt: now.toString() };
}

/** Returns the countdown, resumed. What fell due during the pause is not posted later. */
export function resume(countdown: Countdown, now: Temporal.Instant): Countdown {
  const { pausedAt: _, owed: __, ...order } = countdown;
  return { ...order, since: now.toString() };
}

/** Returns how many posts fell due during a pause. */
export function missedWhilePaused(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): number {
  // News that was due in the meantime would have been one post.
  if (countdown.follow) return Math.min(1, newsDueBy(countdown, progress, target, now).length);
  const { pausedAt: _, ...unpaused } = countdown;
  const { post, skip } = planOf(unpaused, progress, target, now);
  const milestones = [...skip.map(({ occurrence }) => occurrence), ...(post ? [post] : [])];
  return milestones.filter(({ kind }) => kind === 'milestone' || kind === 'anniversary').length;
}
