import { type Fact, firstSaying, history, sourceIds } from '../facts/snapshot.ts';
import { type Card, type Line, slotsOf, type View, withLabel } from './card.ts';
import { describe, hasSameValue } from './describe.ts';
import { publishers } from './lines.ts';
import { coversSeveralTitles, titledLabel } from './names.ts';

/** A footer names at most so many sources, the lead's first. */
const MOST_SOURCES = 12;

/**
 * Returns the history of a card's facts: each earlier value with its publishers and the time over which it was believed. A
 * later claim with the same value only confirmed it, and makes no line.
 */
export function historyLines(view: View, card: Card): Line[] {
  const facts = card.historyOf ?? slotsOf(card);
  const several = coversSeveralTitles(facts);
  return facts.flatMap((fact) => {
    const label = titledLabel(view, fact, several);
    const versions = [...history(fact), fact].filter(({ claim }) => view.spoilers || !claim.spoiler);
    return versions.slice(0, -1).flatMap((version, at) => {
      const next = versions[at + 1];
      if (!next || hasSameValue(view, version, next)) return [];
      const text = replacedText(view, version, next);
      return [{ text: changeLine(view, version, next, withLabel(view, label, text)) }];
    });
  });
}

/** What was said before, with why it was replaced: a plan that moved, a mistake, something taken back. */
function replacedText(view: View, version: Fact, { claim: { change } }: Fact): string {
  const { say, date } = view.language;
  const { claim } = version;
  if (version.kind === 'release' && claim.status === 'planned' && change !== 'corrected')
    return say('before.planned', { date: date(claim.date) });
  const text = describe(view, version);
  if (change === 'corrected') {
    const form = ['prose', 'event', 'gap', 'story', 'project'].includes(version.kind) ? 'sentence' : 'other';
    return say('before.corrected', { text, form });
  }
  return change === 'retracted' ? say('before.retracted', { text }) : text;
}

function changeLine(view: View, { claim }: Fact, next: Fact, text: string): string {
  const { say, date } = view.language;
  return say('card.before-line', {
    text,
    since: date(claim.known),
    until: date(next.claim.known),
    publishers: publishers(view, { sources: sourceIds(claim) }),
  });
}

/** Returns the day and the sources of a card: "Known since June 6, 2025 · Source: Wikipedia (undated)". */
export function provenance(view: View, card: Card, asOf: boolean): string {
  const { say, date } = view.language;
  const facts = slotsOf(card);
  const parts: string[] = [];
  if (asOf) parts.push(say('card.as-of', { date: date(view.snapshot.day) }));
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
  const sources = facts.flatMap((fact) => {
    // The source that said it first is named beside the one that confirmed it.
    const first = firstSaying(fact, (version) => describe(view, version) === describe(view, fact));
    return view.snapshot.sources({ sources: [...sourceIds(fact.claim), ...sourceIds(first.claim)] });
  });
  const names = sources.map(({ publisher, date: day }) =>
    day ? say('card.source', { publisher, date: date(day) }) : say('card.source-undated', { publisher }),
  );
  return [...new Set(names)];
}
