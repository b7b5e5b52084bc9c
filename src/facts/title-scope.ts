import type { Slot } from './schema.ts';

const PREFIX = 'title:';

/** The id that stands for all that is known of every title. */
export const ALL_TITLES = `${PREFIX}*`;

/** Returns the id that stands for all that is known of a title. No slot has an id of its form. */
export const titleScope = (title: string) => `${PREFIX}${title}`;

/** Whether an id stands for all that is known of a title, or of every title. */
export const isTitleScope = (id: string) => id.startsWith(PREFIX);

/** Returns the title that a slot is about; undefined where it is about a person, or about two titles. */
export function titleOf(slot: Slot): string | undefined {
  if ('title' in slot) return slot.title;
  return 'about' in slot ? slot.about : undefined;
}

/** Whether a slot belongs to what such an id stands for. */
export function isInScope(slot: Slot, id: string): boolean {
  const title = titleOf(slot);
  return title !== undefined && (id === ALL_TITLES || id === titleScope(title));
}
