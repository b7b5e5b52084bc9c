import type { Day } from '../facts/dates.ts';
import { type Facts, firstSaying, releaseDate } from '../facts/world.ts';
import type { Target } from './schedule.ts';

/** What the facts of a day say of a release that is counted to. Undated where the facts no longer have it. */
export function targetOf(facts: Facts, release: string, today: Day): Target {
  const known = facts.asOf(today).get(release);
  const changes = facts.nextChange(release, today);
  if (known?.kind !== 'release') return { date: null, since: today, changes };
  const date = releaseDate(known);
  const first = firstSaying(known, (earlier) => earlier.kind === 'release' && releaseDate(earlier) === date);
  return { date, since: first.claim.known, changes };
}
