import type { Known } from '../facts/world.ts';
import { sourceIds } from '../facts/world.ts';
import { type Card, type Line, slotsOf, type View } from './card.ts';
import { describe } from './describe.ts';
import { frame } from './frame.ts';
import { publishers } from './lines.ts';
import { slotLabel } from './names.ts';

/** What an answer said on an earlier day, held against what it says now: only what differs, each with its day and source. */
export function sinceCard(then: { view: View; card: Card }, now: { view: View; card: Card }): Card {
  const { language } = now.view;
  const ids = new Set([...slotsOf(then.card), ...slotsOf(now.card)].map((known) => known.slot.slot));
  const changes = [...ids].flatMap((id) => changeOf(then.view, now.view, now.card, id));
  const date = language.date(then.view.world.day);
  return frame(now.view, {
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

function changeOf(then: View, now: View, card: Card, id: string): Line[] {
  const known = now.world.get(id);
  if (!known || (known.claim.spoiler && !now.spoilers)) return [];
  const earlier = then.world.get(id);
  const is = describe(now, known);
  const was = earlier && describe(then, earlier);
  if (is === was) return [];
  const values = {
    label: slotLabel(now, known) ?? card.title,
    now: is,
    date: now.language.date(firstKnown(now, known, is)),
    publishers: publishers(now, { sources: sourceIds(known.claim) }),
  };
  const text = was
    ? now.language.say('since.changed', { ...values, was })
    : now.language.say('since.new', values);
  return [{ text, from: known }];
}

/** The day since which a slot says what it says: a later claim may only have confirmed it. */
export function firstKnown(view: View, known: Known, text: string): string {
  let since = known.claim.known;
  for (let at = known.before.length - 1; at >= 0; at -= 1) {
    const earlier = { ...known, claim: known.before[at], before: [] } as unknown as Known;
    if (describe(view, earlier) !== text) break;
    since = earlier.claim.known;
  }
  return since;
}
