import { type Fact, firstSaying, releaseDate, sourceIds } from '../facts/snapshot.ts';
import { type Card, type Line, slotsOf, type View } from './card.ts';
import { describe, hasSameValue } from './describe.ts';
import { publishers } from './lines.ts';
import { createCard } from './make-card.ts';
import { coversSeveralTitles, titledLabel } from './names.ts';

/** Returns what differs between an answer of an earlier day and the answer now, each with its day and source. */
export function changesSinceCard(then: { view: View; card: Card }, now: { view: View; card: Card }): Card {
  const { language } = now.view;
  const ids = new Set([...slotsOf(then.card), ...slotsOf(now.card)].map((fact) => fact.slot.slot));
  const several = coversSeveralTitles(slotsOf(now.card));
  const changes = [...ids].flatMap((id) => changeOf(then.view, now.view, now.card, id, several));
  const date = language.date(then.view.snapshot.day);
  return createCard(now.view, {
    title: language.say('since.title', { title: then.card.title, date }),
    lead: {
      text:
        changes.length > 0
          ? language.say('since.some', { count: changes.length, date })
          : language.say('since.none', { date }),
    },
    details: [{ lines: changes }],
    next: now.card.next,
  });
}

function changeOf(then: View, now: View, card: Card, id: string, several: boolean): Line[] {
  const fact = now.snapshot.get(id);
  if (!fact || isHidden(now, fact)) return [];
  const earlier = then.snapshot.get(id);
  if (earlier && (hasSameValue(now, earlier, fact) || isHidden(then, earlier))) return [];
  if (!earlier && fact.kind === 'release' && releaseDate(fact) === null) return [];
  const first = firstSaying(fact, (version) => hasSameValue(now, version, fact));
  const values = {
    label: titledLabel(now, fact, several) ?? card.title,
    now: describe(now, fact),
    date: now.language.date(first.claim.known),
    publishers: publishers(now, { sources: sourceIds(first.claim) }),
  };
  const text = earlier
    ? now.language.say('since.changed', { ...values, was: describe(then, earlier) })
    : now.language.say('since.new', values);
  return [{ text, from: fact }];
}

const isHidden = (view: View, { claim }: Fact) => Boolean(claim.spoiler && !view.spoilers);
