import { type Fact, firstSaying } from '../facts/snapshot.ts';
import { type Card, slotsOf, type View } from './card.ts';
import { describe } from './describe.ts';
import { sourcesOfFact } from './sources.ts';

/** A footer names at most so many sources, the lead's first. */
const MOST_SOURCES = 12;

/** Returns the day and the sources of a card: "Known since June 6, 2025 · Source: Wikipedia (undated)". */
export function provenance(view: View, card: Card): string {
  const { say, date } = view.language;
  const facts = slotsOf(card);
  const parts: string[] = [];
  const lead = card.lead.from;
  if (lead) {
    const first = firstSaying(lead, (version) => describe(view, version) === describe(view, lead));
    parts.push(say('card.known-since', { date: date(first.claim.known) }));
  } else if (facts.length > 0) {
    const newest =
      facts
        .map(({ claim }) => claim.known)
        .sort()
        .at(-1) ?? '';
    parts.push(say('card.latest', { date: date(newest) }));
  }
  const sources = sourceNames(view, facts);
  if (sources.length > 0) {
    const shown = sources.slice(0, MOST_SOURCES);
    const rest = sources.length - shown.length;
    const names = rest > 0 ? [...shown, say('card.more-sources', { count: rest })] : shown;
    parts.push(say('card.sources', { count: sources.length, sources: names.join('; ') }));
  }
  return parts.join(' · ');
}

function sourceNames(view: View, facts: readonly Fact[]): string[] {
  const { say, date } = view.language;
  const sources = facts.flatMap((fact) => sourcesOfFact(view, fact));
  const names = sources.map(({ publisher, date: day }) =>
    day ? say('card.source', { publisher, date: date(day) }) : say('card.source-undated', { publisher }),
  );
  return [...new Set(names)];
}
