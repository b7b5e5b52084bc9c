import type { Slot } from '../facts/schema.ts';

/**
 * What a question asks for, names left out: all running times are one intent, of which the title in the question chooses one.
 * A slot that is like no other is an intent of its own.
 */
export type Intent = string;

/** The one intent of what is not answered. */
export const NOTHING: Intent = 'nothing';

/** Kinds of slots that every title has in the same way; prose, events and the like are each unique. */
const SHARED: ReadonlySet<Slot['kind']> = new Set([
  'name',
  'release',
  'credit',
  'role',
  'company',
  'origin',
  'measure',
  'rating',
  'story',
  'gap',
  'project',
]);
/** Prose that several titles have in the same way. */
const SHARED_PROSE = /\/(premise|what|success)$/;

/** The intent of a slot, by its path and kind. */
export function intentOfSlot({ slot, kind }: Pick<Slot, 'slot' | 'kind'>): Intent {
  if (!SHARED.has(kind) && !SHARED_PROSE.test(slot)) return slot;
  const rest = slot.slice(slot.indexOf('/') + 1);
  return `*/${rest.replace(/^(role|gap|span|release\/(?:theatrical|premiere|digital|disc))\/.*/, '$1/*')}`;
}

/** The intent of a list that has a card of its own. */
export const intentOfList = (list: string): Intent => `list/${list}`;
