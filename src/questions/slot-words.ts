import type { Claim, Slot } from '../facts/schema.ts';
import { MONTHS } from './months.ts';
import { wordsOf } from './tokenize.ts';

/** The fields of slots and claims that hold English text or names. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['en', 'service', 'board', 'rating', 'names']);

/** Returns every English sentence and name in a slot with these claims. */
export function sentencesIn(slot: Slot, claims: readonly Claim[]): string {
  return textsIn({ ...slot, claims }, '').join(' . ');
}

/** The texts in a value of a field, at any depth. */
function textsIn(value: unknown, field: string): string[] {
  if (typeof value === 'string') return TEXT_FIELDS.has(field) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name));
}

/** Returns the stems by which a question would name the dates of claims: year, month and day. */
export function wordsOfDates(claims: readonly Claim[]): string[] {
  const values = claims.flatMap((claim): object[] => ('sides' in claim ? claim.sides : [claim]));
  return values.flatMap((value) =>
    'date' in value && typeof value.date === 'string' ? wordsOf(dateInWords(value.date)) : [],
  );
}

/** "2025 june 6", as exactly as the date is known. */
function dateInWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  return [year, MONTHS[Number(month) - 1], day && String(Number(day))].filter(Boolean).join(' ');
}
