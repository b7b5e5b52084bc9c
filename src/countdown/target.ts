import { type Day, type PartialDay, precisionOf, utcDay } from '../facts/dates.ts';
import { type Fact, type Facts, firstSaying, releaseDate } from '../facts/snapshot.ts';
import type { Countdown } from './countdown.ts';
import { isFollowed } from './follow/follow.ts';
import { followedFacts } from './follow/news.ts';

/** What a countdown counts to. */
export interface Target {
  /** Its date, as exactly as it is known; null where it is undated or dropped. */
  date: PartialDay | null;
  /** The local time at which it starts, HH:MM; only a server's own date may have one. */
  time?: string;
  /** The day since which it is known. */
  since: Day;
  /** The next day on which the facts about it change, as far as the data reaches; null where they do not. */
  changes: Day | null;
  /** Whether new facts cannot move it: it is out, or the server's own date. */
  isFinal: boolean;
  /** All that an order to post news follows and that became known since it was given. */
  followed?: readonly Fact[];
}

/** Returns the day of a target; null where none is known, or only its month or year. */
export function dayOf({ date }: Target): Day | null {
  return date && precisionOf(date) === 'day' ? date : null;
}

/** Returns the date of a target as a channel is told it, with its hour: "2026-12-24T20:00"; null where no day is known. */
export function toldDateOf(target: Target): string | null {
  const day = dayOf(target);
  return day && target.time ? `${day}T${target.time}` : day;
}

/**
 * Returns what a countdown counts to, by the facts of a day; undated where they no longer have the release. A date of the
 * server's own is as the server set it.
 */
export function targetOf(
  facts: Facts,
  { release, own, follow, createdAt }: Pick<Countdown, 'release' | 'own' | 'follow' | 'createdAt'>,
  today: Day,
): Target {
  if (own) {
    const since = own.movedOn ?? utcDay(Temporal.Instant.from(createdAt));
    return { date: own.date, ...(own.time && { time: own.time }), since, changes: null, isFinal: true };
  }
  if (follow) {
    const changes = facts.nextClaim((slot) => isFollowed(slot, follow), today);
    const followed = followedFacts(facts, follow, today);
    return { date: null, since: today, changes, isFinal: false, followed };
  }
  const known = facts.asOf(today).get(release);
  const changes = facts.nextChange(release, today);
  if (known?.kind !== 'release') return { date: null, since: today, changes, isFinal: false };
  const date = releaseDate(known);
  const first = firstSaying(known, (earlier) => earlier.kind === 'release' && releaseDate(earlier) === date);
  const isFinal = known.claim.status === 'released' && changes === null;
  return { date, since: first.claim.known, changes, isFinal };
}
