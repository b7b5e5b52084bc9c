import type { View } from '../answers/card.ts';
import { type PartialDay, precisionOf } from '../facts/dates.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import { nextAnniversary } from './anniversary.ts';
import type { Countdown } from './countdown.ts';
import { daysLeft, isKnownZone } from './local-time.ts';
import { targetOf } from './target.ts';

/** Something ahead that a server counts down to. */
export interface Coming {
  /** One of the countdowns to it. */
  countdown: Countdown;
  /** The channels that count down to it. */
  channelIds: readonly string[];
  /** When it is, as exactly as it is known; for anniversaries the next one. Null where it is undated. */
  date: PartialDay | null;
  /** The days until then; null where no day is known. */
  left: number | null;
}

/**
 * Returns what lies ahead of these countdowns, each thing once: the next first, then what has no day yet. Leaves out countdowns that an
 * admin has paused.
 */
export function listComing(view: View, countdowns: readonly Countdown[], now: Temporal.Instant): Coming[] {
  const open = countdowns.filter(({ pausedAt, timeZone }) => !pausedAt && isKnownZone(timeZone));
  const subjects = [...Map.groupBy(open, subjectOf).values()];
  return subjects
    .flatMap((group) => comingOf(view, group, now) ?? [])
    .toSorted((a, b) => Number(a.left === null) - Number(b.left === null) || (a.left ?? 0) - (b.left ?? 0));
}

const subjectOf = ({ release, anniversary, own }: Countdown) =>
  JSON.stringify([release, anniversary, own?.title, own?.date]);

function comingOf(view: View, group: readonly Countdown[], now: Temporal.Instant): Coming | undefined {
  const [countdown] = group;
  if (!countdown) return undefined;
  const channelIds = [...new Set(group.map(({ channelId }) => channelId))];
  const date = dateOf(view, countdown, now);
  if (date === undefined) return undefined;
  const left = date !== null && precisionOf(date) === 'day' ? daysLeft(date, countdown, now) : null;
  return left !== null && left < 0 ? undefined : { countdown, channelIds, date, left };
}

/** Returns the date that a countdown counts to; undefined where nothing is ahead any more. */
function dateOf(
  { facts, snapshot }: View,
  countdown: Countdown,
  now: Temporal.Instant,
): PartialDay | null | undefined {
  const { date } = targetOf(facts, countdown, snapshot.day);
  if (countdown.own) return date;
  const known = snapshot.get(countdown.release);
  if (known?.kind !== 'release') return undefined;
  if (countdown.anniversary) {
    const today = now.toZonedDateTimeISO(countdown.timeZone).toPlainDate().toString();
    return isDay(date) ? nextAnniversary(date, today).day : undefined;
  }
  const { status } = known.claim;
  const isOver = status === 'dropped' || (!isDay(date) && status === 'released');
  return isOver || isUnconfirmed(snapshot, known) ? undefined : date;
}

const isDay = (date: PartialDay | null): date is PartialDay => date !== null && precisionOf(date) === 'day';
