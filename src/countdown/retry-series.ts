import { notAfter } from './local-time.ts';

/** A series of tries after a refusal: when it began, and how many tries have been made. */
export interface RetrySeries {
  since: string;
  count: number;
}

const instantAfter = (since: string, hours: number) => Temporal.Instant.from(since).add({ hours });

/** Returns when the next try of a series is due, which is made `hours` after its beginning; undefined after the last one. */
export function nextTry(
  { since, count }: RetrySeries,
  hours: readonly number[],
): Temporal.Instant | undefined {
  const next = hours[count];
  return next === undefined ? undefined : instantAfter(since, next);
}

/** Returns how many tries of a series count as made at `now`. After an outage of the bot, one try counts for all that are overdue. */
export function countTries(
  { since }: Pick<RetrySeries, 'since'>,
  hours: readonly number[],
  now: Temporal.Instant,
): number {
  return hours.filter((after) => notAfter(instantAfter(since, after), now)).length;
}
