import type { Day } from '../../facts/dates.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Countdown } from '../countdown.ts';
import { FOLLOWED, type Follow, type Followed } from './follow.ts';
import { findNews, followedFacts, itemsToSkip } from './news.ts';
import { skipItems } from './news-plan.ts';

/** What an edit changes in an order to post news. */
export interface FollowEdit {
  /** All parts, where all are named. */
  what?: readonly Followed[] | undefined;
  digest?: 'weekly' | 'daily' | undefined;
}

/** Returns an order given today: what is known by now is not news. */
export function createFollow(
  facts: Facts,
  today: Day,
  { title, what, digest }: FollowEdit & { title: string | undefined },
): Follow {
  const follow: Follow = {
    ...(title && { title }),
    ...(what && isPart(what) && { what: [...what] }),
    ...(digest === 'weekly' && { digest }),
    from: today,
  };
  return withoutKnown(facts, today, follow, () => true);
}

/** Returns the countdown with its order to post news changed. What an edit adds to it is news only from today on. */
export function editFollow(
  countdown: Countdown,
  facts: Facts,
  today: Day,
  { what, digest }: FollowEdit,
): Countdown {
  if (!countdown.follow || (!what && !digest)) return countdown;
  const { what: before, digest: rhythm, ...rest } = countdown.follow;
  const parts = what ?? before;
  const follow: Follow = {
    ...rest,
    ...(parts && isPart(parts) && { what: [...parts] }),
    ...((digest ?? rhythm) === 'weekly' && { digest: 'weekly' as const }),
  };
  const followedBefore = new Set(followedFacts(facts, countdown.follow, today).map(({ slot }) => slot.slot));
  return { ...countdown, follow: withoutKnown(facts, today, follow, (slot) => !followedBefore.has(slot)) };
}

const isPart = (what: readonly Followed[]) => what.length < FOLLOWED.length;

/** Returns an order that does not post what is known by now of some slots. */
function withoutKnown(facts: Facts, today: Day, follow: Follow, isMeant: (slot: string) => boolean): Follow {
  const known = findNews(followedFacts(facts, follow, today), follow, {});
  const items = itemsToSkip(known.filter(({ fact }) => isMeant(fact.slot.slot)));
  return items.length > 0 ? skipItems(follow, items) : follow;
}
