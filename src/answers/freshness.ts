import { canChange, isUnconfirmed, staleSince } from '../facts/freshness.ts';
import type { Fact } from '../facts/snapshot.ts';
import { type Card, slotsOf, type View } from './card.ts';

/** "Last confirmed May 6, 2025": where what an answer leads with may have changed since. */
export function freshnessLine(view: View, card: Card): string | undefined {
  const facts = slotsOf(card);
  const lead = card.lead.from;
  const mayChange = (fact: Fact) => canChange(view.snapshot, fact);
  // An answer without a fact that leads, such as a list, counts as one that changes only if all of it may.
  if (facts.length === 0 || !(lead ? mayChange(lead) : facts.every(mayChange))) return undefined;
  const date = staleSince(view.snapshot, facts.filter(mayChange));
  return date && view.language.say('freshness.small', { date: view.language.date(date) });
}

function lastConfirmedLine({ snapshot, language }: View, facts: readonly Fact[]): string | undefined {
  const date = staleSince(snapshot, facts);
  return date && language.say('freshness.last-confirmed', { date: language.date(date) });
}

/** What to say of a release beside its date: that a planned day passed unconfirmed, or when it was last confirmed. */
export function releaseFreshness(view: View, fact: Fact<'release'>): string | undefined {
  const { snapshot, language } = view;
  const { claim } = fact;
  if (isUnconfirmed(snapshot, fact) && claim.status === 'planned')
    return language.say('freshness.unconfirmed', { date: language.date(claim.date) });
  return claim.status !== 'released' && canChange(snapshot, fact)
    ? lastConfirmedLine(view, [fact])
    : undefined;
}
