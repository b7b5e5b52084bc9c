import { pathText } from '../lib/data-file.ts';
import type { Character, Person, Slot, Source, Term, Title } from './schema.ts';

/** A slot and where it stands, so that a rule can say where to mend it. */
export interface PlacedSlot {
  file: string;
  index: number;
  slot: Slot;
}

/** The files that map ids to things, `data/<table>.json`. */
export const TABLES = ['sources', 'titles', 'people', 'characters', 'terms'] as const;
/** The name of a table of entries, such as "people". */
export type Table = (typeof TABLES)[number];

/** The parsed data files, before they are known to be free of contradictions. */
export interface FactData {
  slots: PlacedSlot[];
  sources: Record<string, Source>;
  titles: Record<string, Title>;
  people: Record<string, Person>;
  characters: Record<string, Character>;
  terms: Record<string, Term>;
  /**
   * The ids of each table that could be read, also of entries that a mistake keeps out of it: one mistake is reported once.
   */
  ids: Partial<Record<Table, Set<string>>>;
}

/** The path of something in a slot, as problems show it. */
export function slotPath(placed: PlacedSlot, ...rest: (string | number)[]): string {
  return pathText(['slots', placed.index, ...rest]);
}
