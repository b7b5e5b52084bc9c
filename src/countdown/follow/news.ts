import { z } from 'zod';
import { DAY_PATTERN, type Day } from '../../facts/dates.ts';
import type { Claim } from '../../facts/schema.ts';
import { type Fact, type Facts, history } from '../../facts/snapshot.ts';
import type { Follow, NewsItem } from './follow.ts';
import { isFollowed, readItem, writeItem } from './follow.ts';

const day = z.string().regex(DAY_PATTERN);
const item = z.string().regex(/^.+@\d{4}-\d{2}-\d{2}$/);

/** How far an order to post news has come. Written only by delivery. */
export const newsProgressSchema = z.strictObject({
  posts: z.number().int().min(0).describe('How many posts were made or skipped'),
  told: z
    .record(z.string().describe('A thing that was told'), day.describe('The day on which that became known'))
    .describe('What was told'),
  lastAt: z.string().optional().describe('When the last post was made'),
  seenAt: z.string().optional().describe('When the first of the news that waits for a weekly post was seen'),
  open: z
    .strictObject({
      due: z.string().describe('When the posts that are being made were due'),
      posts: z.array(z.array(item)).describe('Their news, post by post: nothing is added any more'),
    })
    .optional(),
});
/** How far an order to post news has come. */
export type NewsProgress = z.output<typeof newsProgressSchema>;

/** The progress of an order that has posted nothing. */
export const NO_NEWS: NewsProgress = { posts: 0, told: {} };

/** Returns all that is known of what an order follows and became known since. */
export function followedFacts(facts: Facts, follow: Follow, today: Day): Fact[] {
  return facts
    .asOf(today)
    .all.filter(({ slot, claim }) => claim.known >= follow.from && isFollowed(slot, follow));
}

/** A fact that is news, and what the channel knew of it before; undefined where nothing was known. */
export interface News {
  fact: Fact;
  before: Fact | undefined;
}

/** Returns what has not been told yet. Of several claims of one slot it is the newest: the others are superseded. */
export function findNews(followed: readonly Fact[], follow: Follow, told: NewsProgress['told']): News[] {
  const skipped = latestSkipped(follow);
  return followed.flatMap((fact): News[] => {
    const { slot } = fact.slot;
    const known = (candidate: Fact) => isTold(candidate.claim.known, follow, [told[slot], skipped.get(slot)]);
    if (known(fact)) return [];
    const before = history(fact).findLast(known);
    return before && saysSame(before.claim, fact.claim) ? [] : [{ fact, before }];
  });
}

const isTold = (known: Day, { from }: Follow, told: readonly (Day | undefined)[]) =>
  known < from || told.some((through) => through !== undefined && known <= through);

function latestSkipped({ skipped = [] }: Follow): Map<string, Day> {
  const latest = new Map<string, Day>();
  for (const { slot, known } of skipped.map(readItem))
    if (known > (latest.get(slot) ?? '')) latest.set(slot, known);
  return latest;
}

/** The item of a fact. */
export const itemOf = ({ slot, claim }: Fact): NewsItem => ({ slot: slot.slot, known: claim.known });

/** What does not say anything new by itself. */
const BESIDE: readonly string[] = [
  'known',
  'confidence',
  'change',
  'valid',
  'note',
  'spoilerNote',
  'spoiler',
  'sources',
  'reason',
  'affirms',
  'denies',
];

/** Returns what a claim says, without where it is from and how sure it is. */
const meaningOf = (claim: Claim) =>
  JSON.stringify(claim, (key, inner: unknown) => (BESIDE.includes(key) ? undefined : inner));

/** Whether a claim only repeats another one: with more sources, or a note. */
export const saysSame = (a: Claim, b: Claim) => meaningOf(a) === meaningOf(b);

/** Returns the items of an order's news as they are kept in it, so that they are not posted. */
export const itemsToSkip = (news: readonly News[]) => news.map(({ fact }) => writeItem(itemOf(fact)));
