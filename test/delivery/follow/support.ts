import type { Slot } from '../../../src/facts/schema.ts';
import { createFacts, type Facts } from '../../../src/facts/snapshot.ts';

/** A piece of news: the day on which it became known, what it says, and why it replaces the one before. */
export interface Said {
  known: string;
  text: string;
  change?: 'moved' | 'refined' | 'corrected' | 'retracted';
  spoiler?: true;
}

/** Facts that know how far the projects of a film are, slot by slot. */
export function newsFacts(slots: Readonly<Record<string, readonly Said[]>>): Facts {
  const placed = Object.entries(slots).map(([slot, said], index) => ({
    file: 'film.json',
    index,
    slot: {
      slot: `film/${slot}`,
      kind: 'project',
      title: 'film',
      claims: said.map(({ text, ...claim }) => ({
        status: 'confirmed',
        confidence: 'high',
        sources: ['variety'],
        stage: 'announced',
        text: { en: text },
        ...claim,
      })),
    } as unknown as Slot,
  }));
  const variety = { publisher: 'Variety', address: 'variety.com/film', date: null };
  return createFacts({
    slots: placed.filter(({ slot }) => slot.claims.length > 0),
    sources: { variety },
    titles: { film: { kind: 'film', aliases: [] } },
    people: {},
    characters: {},
    terms: {},
    ids: {},
  });
}
