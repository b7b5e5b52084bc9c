import { utcDay } from '../../facts/dates.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Countdown } from '../countdown.ts';
import type { UpcomingPost } from '../forecast.ts';
import { writeItem } from './follow.ts';
import { followedFacts, itemOf } from './news.ts';

/** From this day on, everything is news. */
const BEGINNING = '0000-01-01';

/** Returns a post of the latest news that an order follows, from before it too, as an example; undefined where there is none. */
export function latestNews(
  facts: Facts,
  countdown: Countdown,
  now: Temporal.Instant,
): UpcomingPost | undefined {
  const { follow, timeZone } = countdown;
  if (!follow) return undefined;
  const known = followedFacts(facts, { ...follow, from: BEGINNING }, utcDay(now)).map(itemOf);
  const latest = known.toSorted((a, b) => (a.known < b.known ? 1 : a.known > b.known ? -1 : 0))[0];
  if (!latest) return undefined;
  const date = now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const occurrence = {
    key: `${countdown.id}/example`,
    kind: 'news',
    due: now,
    date,
    daysBefore: 0,
    was: null,
    items: [writeItem(latest)],
  } as const;
  return { occurrence, at: now };
}
