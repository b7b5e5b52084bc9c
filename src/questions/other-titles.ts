import { z } from 'zod';
import type { FactData } from '../facts/fact-data.ts';
import { type Problem, pathText } from '../lib/data-file.ts';
import { normalize } from '../lib/search.ts';
import { phrasesOf, type Vocabulary } from './vocabulary-schema.ts';

/** The shape of `data/other-titles.json`: names that belong to other films. Questions about them have no answer here. */

const names = z.array(z.string().trim().min(1).max(60)).min(1);

const sections = {
  titles: names.describe('Films and series that are not of the John Wick franchise.'),
  people: names.describe('People and characters who are in none of our films.'),
  places: names.describe('Games, books, songs, teams and places of which people ask the same questions.'),
};

/** The file as a whole. */
export const otherTitlesFile = z.strictObject({ $schema: z.string().optional(), ...sections });
const otherTitlesSchema = z.strictObject(sections);

/** Names that are not ours: questions about them are to be refused. */
export type OtherTitles = z.output<typeof otherTitlesSchema>;

/** No other titles: for facts without any. */
export const emptyOtherTitles = (): OtherTitles => ({ titles: [], people: [], places: [] });

/** What the names of other films are compared with. */
interface OwnNames {
  facts: FactData;
  vocabulary: Vocabulary;
}

/** Returns names that are ours after all, and names that are there twice. */
export function checkOtherTitles(
  file: string,
  { titles, people, places }: OtherTitles,
  own: OwnNames,
): Problem[] {
  const ours = ownNames(own);
  const seen = new Map<string, string>();
  return Object.entries({ titles, people, places }).flatMap(([list, listed]) =>
    listed.flatMap((name, at): Problem[] => {
      const key = normalize(name);
      const path = pathText([list, at]);
      const earlier = seen.get(key);
      if (earlier) return [{ file, path, message: `stands at ${earlier} already; keep one of them` }];
      seen.set(key, path);
      const message = `"${name}" is a name of this franchise; take it out`;
      return ours.has(key) ? [{ file, path, message }] : [];
    }),
  );
}

/** Every name of the franchise, normalized: those of the facts, and what people type for them. */
function ownNames({ facts, vocabulary }: OwnNames): Set<string> {
  const named = [...Object.values(facts.characters), ...Object.values(facts.terms)];
  const all = [
    ...Object.values(facts.titles).flatMap(({ aliases = [] }) => aliases),
    ...facts.slots.flatMap(({ slot }) =>
      slot.kind === 'name' ? slot.claims.flatMap((claim) => ('full' in claim ? [claim.full.en] : [])) : [],
    ),
    ...Object.values(facts.people).flatMap(({ name, aliases = [] }) => [name, ...aliases]),
    ...named.flatMap(({ name, aliases = [] }) => [name.en, ...aliases]),
    ...Object.entries(vocabulary.names).flatMap(([feature, lines]) =>
      /^(title|person|character):/.test(feature) ? phrasesOf(lines) : [],
    ),
  ];
  return new Set(all.map(normalize));
}

/** Returns all names of others. */
export const namesOfOthers = ({ titles, people, places }: OtherTitles): string[] => [
  ...titles,
  ...people,
  ...places,
];
