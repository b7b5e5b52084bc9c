import type { Day } from '../facts/dates.ts';
import type { Facts, Known } from '../facts/world.ts';
import type { Target } from './schedule.ts';

/** What the facts of a day say of a release that is counted to. Undated where the facts no longer have it. */
export function targetOf(facts: Facts, release: string, today: Day): Target {
  const known = facts.asOf(today).get(release);
  const changes = facts.nextChange(release, today);
  if (known?.kind !== 'release') return { date: null, since: today, changes };
  return { date: dateOf(known), since: since(known), changes };
}

/** The date of a release as known; null where it has none. */
export function dateOf({ claim }: Pick<Known<'release'>, 'claim'>): string | null {
  return claim.status === 'planned' || claim.status === 'released' ? claim.date : null;
}

/** The day since which the date is what it is: a later claim may only have confirmed it. */
function since(known: Known<'release'>): Day {
  const date = dateOf(known);
  let first = known.claim.known;
  for (const claim of known.before.toReversed()) {
    if (dateOf({ claim }) !== date) break;
    first = claim.known;
  }
  return first;
}
