import type { Day } from '../facts/dates.ts';
import type { Countdown, OwnDate, Progress } from './countdown.ts';
import { planOf } from './schedule.ts';
import type { Target } from './target.ts';

/** What an edit changes; what it leaves out stays as it was. */
export interface CountdownEdit {
  /** Where it posts from now on, and whether its posts are published there. */
  channel?: { id: string; publish: boolean } | undefined;
  timeZone?: string | undefined;
  time?: string | undefined;
  milestones?: number[] | undefined;
  /** Null: nobody is mentioned any more. */
  roleId?: string | null | undefined;
  locale?: string | undefined;
  /** Of a date of the server's own. */
  title?: string | undefined;
  date?: Day | undefined;
  /** The day of the edit, where the channel is to be told of the new date. */
  movedOn?: Day | undefined;
}

/**
 * The order after an edit. Nothing that fell due before the edit is owed by the new order, so that no milestone is posted
 * late only because it was put into the past; but a post that was due by the old one, and not yet made, still is.
 */
export function applyEdit(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  change: CountdownEdit,
  now: Temporal.Instant,
): Countdown {
  const { owed: _, roleId: before, own, ...order } = countdown;
  const { channel, roleId = before } = change;
  const { post } = planOf(countdown, progress, target, now);
  return {
    ...order,
    ...(channel && { channelId: channel.id, publish: channel.publish }),
    timeZone: change.timeZone ?? order.timeZone,
    time: change.time ?? order.time,
    milestones: change.milestones ?? order.milestones,
    locale: change.locale ?? order.locale,
    ...(roleId && { roleId }),
    ...(own && { own: editedDate(own, change) }),
    since: now.toString(),
    ...(post && { owed: { key: post.key, due: post.due.toString() } }),
  };
}

/** A new date that the channel is not told of takes back an earlier wish to tell it. */
function editedDate({ movedOn: before, ...own }: OwnDate, { title, date, movedOn }: CountdownEdit): OwnDate {
  const told = date ? movedOn : before;
  return { title: title ?? own.title, date: date ?? own.date, ...(told && { movedOn: told }) };
}

/** The order from now on, without a post until it is resumed. */
export function pause(countdown: Countdown, now: Temporal.Instant): Countdown {
  return { ...countdown, pausedAt: now.toString() };
}

/** The order as it goes on: what fell due while it was paused is not made up for. */
export function resume(countdown: Countdown, now: Temporal.Instant): Countdown {
  const { pausedAt: _, owed: __, ...order } = countdown;
  return { ...order, since: now.toString() };
}

/** How many posts fell due while it was paused, and are not made up for. */
export function missedWhilePaused(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): number {
  const { pausedAt: _, ...unpaused } = countdown;
  const { post, skip } = planOf(unpaused, progress, target, now);
  const milestones = [...skip.map(({ occurrence }) => occurrence), ...(post ? [post] : [])];
  return milestones.filter(({ kind }) => kind === 'milestone' || kind === 'anniversary').length;
}
