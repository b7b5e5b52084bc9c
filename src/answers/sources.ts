import type { Source } from '../facts/schema.ts';
import { type Fact, firstSaying, sourceIds } from '../facts/snapshot.ts';
import { type Card, type Detail, slotsOf, type View } from './card.ts';
import { describe } from './describe.ts';
import { freshnessLine } from './freshness.ts';
import { coversSeveralTitles, titledLabel } from './names.ts';

/** So many uses of a source are named. */
const MAX_USES = 3;

/** A source of an answer, and the facts that it is for. */
interface UsedSource {
  source: Source;
  facts: Fact[];
}

/** Returns the sources of an answer, each once, those of its lead first. */
function sourcesOf(view: View, card: Card): UsedSource[] {
  const used = new Map<string, UsedSource>();
  for (const fact of slotsOf(card)) {
    for (const source of sourcesOfFact(view, fact)) {
      const key = `${source.address ?? source.publisher} ${source.date}`;
      const entry = used.get(key) ?? { source, facts: [] };
      used.set(key, { ...entry, facts: [...entry.facts, fact] });
    }
  }
  return [...used.values()];
}

/** The sources of a fact, best first; the one that said it first is among them beside those that confirmed it. */
function sourcesOfFact(view: View, fact: Fact): Source[] {
  const first = firstSaying(fact, (version) => describe(view, version) === describe(view, fact));
  return view.snapshot.sources({
    sources: [...new Set([...sourceIds(fact.claim), ...sourceIds(first.claim)])],
  });
}

/** Returns the last line of an answer: "As known on January 20, 2024 · Variety, Apr 4, 2023 · 2 more". */
export function sourceLine(view: View, card: Card, isAsOf: boolean): string | undefined {
  const { say, date } = view.language;
  const all = sourcesOf(view, card);
  const best = bestSource(view, card, all);
  const parts = [
    isAsOf ? say('card.as-of', { date: date(view.snapshot.day) }) : undefined,
    card.hidesSpoilers ? say('card.spoilers-hidden') : undefined,
    freshnessLine(view, card),
    best && sourceName(view, best),
    all.length > 1 ? say('source.more', { count: all.length - 1 }) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? say('card.small', { text: parts.join(' · ') }) : undefined;
}

/** The source to name: the best dated one of what leads, else any that is dated. */
function bestSource(view: View, card: Card, all: readonly UsedSource[]): Source | undefined {
  const leading = card.lead.from ? sourcesOfFact(view, card.lead.from) : [];
  const others = all.map(({ source }) => source);
  return leading.find(({ date }) => date) ?? leading[0] ?? others.find(({ date }) => date) ?? others[0];
}

/** "Variety, Feb 22, 2024" */
function sourceName({ language: { say, shortDate } }: View, { publisher, date }: Source): string {
  return date
    ? say('source.name', { publisher, date: shortDate(date) })
    : say('source.undated', { publisher });
}

/** Returns every source of an answer as a link, with its day and what it is for. */
export function sourceDetails(view: View, card: Card): Detail[] {
  const several = coversSeveralTitles(slotsOf(card));
  const lines = sourcesOf(view, card).map(({ source, facts }) => {
    const uses = new Set(facts.map((fact) => useOf(view, card, fact, several)));
    const named = [...uses].slice(0, MAX_USES);
    const rest = uses.size - named.length;
    const shown = rest > 0 ? [...named, view.language.say('source.more', { count: rest })] : named;
    const name = sourceName(view, { ...source, publisher: publisherLink(source) });
    return { text: view.language.say('source.line', { source: name, uses: shown.join(', ') }) };
  });
  return [{ lines }];
}

/** What a fact is called where a source is said to be for it: its label, or the topic that it belongs to. */
function useOf(view: View, card: Card, fact: Fact, several: boolean): string {
  const label = titledLabel(view, fact, several);
  if (label) return label;
  const { slot } = fact;
  const topic = 'topics' in slot ? slot.topics?.[0] : undefined;
  return topic
    ? view.language.say(`topic.${topic}`)
    : fact.kind === 'trailer'
      ? view.language.say('topic.trailer')
      : card.title;
}

/** The publisher of a source as a link to it; the name alone where the source has no public address. */
export function publisherLink({ publisher, address }: Pick<Source, 'publisher' | 'address'>): string {
  if (!address) return publisher;
  const url = encodeURI(decodeSafely(address)).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${publisher}](https://${url})`;
}

/** An address may be written with or without percent signs; it is encoded once. */
function decodeSafely(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
