import type { Countdown, Progress } from '../countdown.ts';
import {
  earliest,
  isBefore,
  latest,
  nextPostInstant,
  notAfter,
  postInstantOn,
  startOfUtcDay,
} from '../local-time.ts';
import type { Target } from '../target.ts';
import { type Follow, readItem, writeItem } from './follow.ts';
import { findNews, itemOf, type News, type NewsProgress, NO_NEWS } from './news.ts';

/** So many news fit into one post, whatever they say. More of one day come in a second one, right after it. */
const MAX_NEWS = 15;

/** The weekday of weekly posts: Monday. */
const DIGEST_DAY = 1;

/** One post of news. */
export interface NewsPost {
  /** The number of the post: its key is made of it, so it is the same one after a crash. */
  number: number;
  items: readonly string[];
  due: Temporal.Instant;
}

/** What to do with an order to post news. */
export interface NewsPlan {
  /** The next post; null where there is no news. */
  post: NewsPost | null;
  /** `stale`: its news is gone or superseded, so it is not made. */
  kind: 'due' | 'waiting' | 'stale' | 'none';
  /** When to look again; null where nothing is known to come. */
  next: Temporal.Instant | null;
}

/**
 * Decides what an order to post news posts now. A post whose news was decided is made as it was decided: nothing is added to it,
 * so that after a crash it is the same one.
 */
export function planNews(
  countdown: Countdown,
  follow: Follow,
  progress: Progress,
  { followed = [], changes }: Target,
  now: Temporal.Instant,
): NewsPlan {
  const state = progress.news ?? NO_NEWS;
  const { posts: number, open } = state;
  const change = changes ? startOfUtcDay(changes) : null;
  const news = findNews(followed, follow, state.told);
  if (open) {
    const [items = []] = open.posts;
    const isThere = news.some(({ fact }) => items.includes(writeItem(itemOf(fact))));
    // News that came since waits for this post. Where the channel refuses it, it is tried again once more news is due.
    const dues = news.map((one) => dueOf(countdown, follow, { ...state, lastAt: undefined }, [one]));
    const past = dues.filter((due) => notAfter(due, now));
    const due = past.reduce(latest, Temporal.Instant.from(open.due));
    const ahead = dues.filter((one) => !notAfter(one, now)).reduce(earliest, change);
    return { post: { number, items, due }, kind: isThere ? 'due' : 'stale', next: ahead };
  }
  const [items] = inPosts(news);
  if (!items) return { post: null, kind: 'none', next: change };
  const due = dueOf(countdown, follow, state, news);
  const isDue = notAfter(due, now);
  return {
    post: { number, items, due },
    kind: isDue ? 'due' : 'waiting',
    next: isDue ? change : earliest(due, change),
  };
}

/** Returns the items of each post, the oldest first. */
function inPosts(news: readonly News[]): string[][] {
  const items = news
    .map(({ fact }) => itemOf(fact))
    .toSorted((a, b) => (a.known < b.known ? -1 : a.known > b.known ? 1 : 0))
    .map(writeItem);
  const count = Math.ceil(items.length / MAX_NEWS);
  return Array.from({ length: count }, (_, at) => items.slice(at * MAX_NEWS, (at + 1) * MAX_NEWS));
}

/**
 * Returns when news is due: at the local time of posts on the day on which it became known. That may be past, where it is in
 * the facts only since; but there is at most one such post a day. In a weekly post it waits for the Monday after it was seen.
 */
function dueOf(
  countdown: Countdown,
  { digest }: Follow,
  { seenAt, lastAt }: NewsProgress,
  news: readonly News[],
): Temporal.Instant {
  const [oldest = ''] = news.map(({ fact }) => fact.claim.known).sort();
  const known = startOfUtcDay(oldest);
  if (digest) return nextDigest(seenAt ? Temporal.Instant.from(seenAt) : known, countdown);
  const due = nextPostInstant(known, countdown);
  return lastAt ? latest(due, nextDay(Temporal.Instant.from(lastAt), countdown)) : due;
}

/** The time of posts on the local day after an instant. */
function nextDay(instant: Temporal.Instant, countdown: Countdown): Temporal.Instant {
  const day = localDay(instant, countdown).add({ days: 1 });
  return postInstantOn(day.toString(), countdown);
}

/** Returns the first weekly post at or after an instant. */
function nextDigest(instant: Temporal.Instant, countdown: Countdown): Temporal.Instant {
  const today = localDay(instant, countdown);
  const monday = today.add({ days: (DIGEST_DAY - today.dayOfWeek + 7) % 7 });
  const due = postInstantOn(monday.toString(), countdown);
  return isBefore(due, instant) ? postInstantOn(monday.add({ days: 7 }).toString(), countdown) : due;
}

const localDay = (instant: Temporal.Instant, { timeZone }: Countdown) =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate();

/**
 * Returns the progress with what delivery decides by looking at an order: since when its news waits, and which posts are made of it
 * once it is due. Returns the same object where nothing changes. It must be stored before a post is made.
 */
export function afterLook(
  countdown: Countdown,
  progress: Progress,
  { followed = [] }: Target,
  now: Temporal.Instant,
): Progress {
  const { follow } = countdown;
  const state = progress.news ?? NO_NEWS;
  if (!follow || state.open) return progress;
  const news = findNews(followed, follow, state.told);
  if (news.length === 0) return progress;
  const seen = follow.digest && !state.seenAt ? { ...state, seenAt: now.toString() } : state;
  const due = dueOf(countdown, follow, seen, news);
  if (notAfter(due, now))
    return { ...progress, news: { ...seen, open: { due: due.toString(), posts: inPosts(news) } } };
  return seen === state ? progress : { ...progress, news: seen };
}

/** Returns the key of the post that is being made; undefined where none is. */
export const openKey = ({ id }: Countdown, { news }: Progress): string | undefined =>
  news?.open && newsKey(id, news.posts);

/** Returns the key of a post of news. */
export const newsKey = (countdownId: string, number: number) => `${countdownId}/news/${number}`;

/** Returns the progress where the post that was being made was surely not sent: its news is gathered anew. */
export function withoutOpen(progress: Progress): Progress {
  if (!progress.news) return progress;
  const { open: _, ...news } = progress.news;
  return { ...progress, news };
}

/** Returns the progress after a post of news was made at `madeAt`, or skipped. */
export function afterNews(
  progress: Progress,
  items: readonly string[],
  madeAt: Temporal.Instant | undefined,
): Progress {
  const { open, seenAt: _, ...state } = progress.news ?? NO_NEWS;
  const [, ...rest] = open?.posts ?? [];
  const told = { ...state.told };
  for (const { slot, known } of items.map(readItem)) if (known > (told[slot] ?? '')) told[slot] = known;
  return {
    ...progress,
    news: {
      ...state,
      posts: state.posts + 1,
      told,
      ...(madeAt && { lastAt: madeAt.toString() }),
      ...(open && rest.length > 0 && { open: { ...open, posts: rest } }),
    },
  };
}

/** Returns an order whose news that is due now is not posted: that of a pause that ends. */
export function skipDueNews(
  countdown: Countdown,
  progress: Progress,
  target: Target,
  now: Temporal.Instant,
): Countdown {
  const { follow } = countdown;
  if (!follow) return countdown;
  const items = newsDueBy(countdown, progress, target, now).map(({ fact }) => writeItem(itemOf(fact)));
  return items.length === 0 ? countdown : { ...countdown, follow: skipItems(follow, items) };
}

/** Returns an order that does not post these items. */
export const skipItems = (follow: Follow, items: readonly string[]): Follow => ({
  ...follow,
  skipped: [...new Set([...(follow.skipped ?? []), ...items])],
});

/** Returns the news that was due by an instant, whenever it was seen. */
export function newsDueBy(
  countdown: Countdown,
  progress: Progress,
  { followed = [] }: Target,
  now: Temporal.Instant,
): News[] {
  const { follow } = countdown;
  if (!follow) return [];
  const { open, posts, told } = progress.news ?? NO_NEWS;
  const opened = new Set(open?.posts.flat());
  return findNews(followed, follow, told).filter(
    (news) =>
      opened.has(writeItem(itemOf(news.fact))) ||
      notAfter(dueOf(countdown, follow, { posts, told }, [news]), now),
  );
}
