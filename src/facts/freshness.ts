import { daysSince, isBefore, newestOf, type PartialDay } from './dates.ts';
import type { Source } from './schema.ts';
import type { Fact, Snapshot } from './snapshot.ts';

/** After so many days without a newer source, an answer about what can change says when it was last confirmed. */
export const STALE_AFTER_DAYS = 90;

/** Whether a title can be seen, read or played: one of its releases came true, premieres aside. */
export function isOut(snapshot: Snapshot, title: string): boolean {
  return snapshot
    .of('release', (slot) => slot.title === title && slot.medium !== 'premiere')
    .some(({ claim }) => claim.status === 'released');
}

/** Whether what a slot says may change any day: all of a title that is not out, where something streams, sequels. */
export function canChange(snapshot: Snapshot, fact: Fact): boolean {
  const { slot } = fact;
  if (slot.kind === 'release' && slot.medium === 'streaming') return true;
  if (slot.kind === 'prose' && slot.topics.some((topic) => topic === 'streaming' || topic === 'sequel'))
    return true;
  const title = 'title' in slot ? slot.title : 'about' in slot ? slot.about : undefined;
  return title !== undefined && hasName(snapshot, title) && !isOut(snapshot, title);
}

const hasName = (snapshot: Snapshot, title: string) =>
  snapshot.of('name', (slot) => slot.title === title).length > 0;

/**
 * The newest date on which what the facts say was confirmed: by a source that carries its date, by an undated one no older
 * than a day, or by somebody who looked and found nothing new. Undefined where there are no facts.
 */
export function lastConfirmed(snapshot: Snapshot, facts: readonly Fact[]): PartialDay | undefined {
  const dates = facts.flatMap(({ slot, claim }) => [
    ...snapshot.sources(claim).flatMap((source) => dateOf(source) ?? []),
    ...(slot.checked && slot.checked <= snapshot.day ? [slot.checked] : []),
  ]);
  return newestOf(dates.length > 0 ? dates : facts.map(({ claim }) => claim.known));
}

/** The same, where it is too long ago by the day of the snapshot to be left unsaid. */
export function staleSince(snapshot: Snapshot, facts: readonly Fact[]): PartialDay | undefined {
  const date = lastConfirmed(snapshot, facts);
  return date && daysSince(date, snapshot.day) > STALE_AFTER_DAYS ? date : undefined;
}

/** Whether a date was planned and has passed, and no source says that it came true. */
export function isUnconfirmed(snapshot: Snapshot, fact: Fact): boolean {
  const { claim } = fact;
  if (fact.kind !== 'release' || claim.status !== 'planned' || !('date' in claim)) return false;
  const isCurrent = snapshot.get(fact.slot.slot)?.claim === claim;
  return isCurrent && isBefore(claim.date, snapshot.day);
}

const dateOf = ({ date, notBefore }: Source): PartialDay | undefined => date ?? notBefore;
