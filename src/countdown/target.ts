import { type Day, utcDay } from '../facts/dates.ts';
import { type Facts, firstSaying, releaseDate } from '../facts/snapshot.ts';
import type { Countdown } from './countdown.ts';
import type { Target } from './schedule.ts';

/**
 * What a countdown counts to on a day: what the facts say of its release, undated where they no longer have it, or the
 * date that the server set itself.
 */
export function targetOf(
  facts: Facts,
  { release, own, createdAt }: Pick<Countdown, 'release' | 'own' | 'createdAt'>,
  today: Day,
): Target {
  if (own) {
    const since = own.movedOn ?? utcDay(Temporal.Instant.from(createdAt));
    return { date: own.date, since, changes: null };
  }
  const known = facts.asOf(today).get(release);
  const changes = facts.nextChange(release, today);
  if (known?.kind !== 'release') return { date: null, since: today, changes };
  const date = releaseDate(known);
  const first = firstSaying(known, (earlier) => earlier.kind === 'release' && releaseDate(earlier) === date);
  return { date, since: first.claim.known, changes };
}
