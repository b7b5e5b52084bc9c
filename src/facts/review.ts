import { type Day, daysSince, spanOf } from './dates.ts';
import type { FactData } from './fact-data.ts';
import { canChange, isUnconfirmed, lastConfirmed, STALE_AFTER_DAYS } from './freshness.ts';
import type { Source } from './schema.ts';
import { createFacts, type Fact, type Snapshot, sourceIds } from './snapshot.ts';
import { isWellSupported } from './support.ts';

/** Why a slot should be looked at, the worst first. */
const REVIEW_KINDS = ['passed', 'unchecked', 'one-source', 'month-end'] as const;

/** Something to look at next, and why. */
export interface ReviewItem {
  kind: (typeof REVIEW_KINDS)[number];
  slot: string;
  why: string;
}

/** Returns what a maintainer should look at next, as of a day, the worst first and the oldest first among equals. */
export function reviewOf(data: FactData, day: Day): ReviewItem[] {
  const snapshot = createFacts(data).asOf(day);
  const items = snapshot.all.flatMap((fact) => itemsOf(snapshot, fact, data.sources));
  const rank = ({ kind }: ReviewItem) => REVIEW_KINDS.indexOf(kind);
  return items.toSorted((a, b) => rank(a.item) - rank(b.item) || b.age - a.age).map(({ item }) => item);
}

function itemsOf(
  snapshot: Snapshot,
  fact: Fact,
  sources: Readonly<Record<string, Source>>,
): { item: ReviewItem; age: number }[] {
  const { slot, claim } = fact;
  const found: { item: ReviewItem; age: number }[] = [];
  const add = (kind: ReviewItem['kind'], why: string, age: number) =>
    found.push({ item: { kind, slot: slot.slot, why }, age });
  if (isUnconfirmed(snapshot, fact) && 'date' in claim) {
    add('passed', `planned for ${claim.date}, which has passed`, daysSince(claim.date, snapshot.day));
  }
  const confirmed =
    canChange(snapshot, fact) && isProjectOrStreaming(fact) && lastConfirmed(snapshot, [fact]);
  if (confirmed && daysSince(confirmed, snapshot.day) > STALE_AFTER_DAYS) {
    add(
      'unchecked',
      `last confirmed ${confirmed}; look again, then set "checked"`,
      daysSince(confirmed, snapshot.day),
    );
  }
  if (leads(fact) && !isWellSupported(claim, sources)) {
    add('one-source', 'an answer leads with it, on one publisher', daysSince(claim.known, snapshot.day));
  }
  if (isMonthEnd(claim.known) && !sourceIds(claim).some((id) => sources[id]?.date === claim.known)) {
    add('month-end', `${claim.known} stands for a month; find the day`, daysSince(claim.known, snapshot.day));
  }
  return found;
}

const isProjectOrStreaming = ({ slot }: Fact): boolean =>
  slot.kind === 'project' ||
  (slot.kind === 'release' && slot.medium === 'streaming') ||
  (slot.kind === 'prose' && slot.topics.includes('streaming'));

/** Whether answers begin with it: the release at home, who directs, prose that is not one of several. */
const leads = ({ slot }: Fact): boolean =>
  (slot.kind === 'release' && slot.slot.endsWith('/theatrical/us')) ||
  (slot.kind === 'credit' && (slot.job === 'director' || slot.job === 'writer')) ||
  (slot.kind === 'prose' && slot.slot.split('/').length === 2);

const isMonthEnd = (day: Day): boolean => spanOf(day.slice(0, 7)).to === day;
