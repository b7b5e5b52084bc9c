import type { Button } from '../discord/message/reply.ts';
import type { Context } from './context.ts';

/** Six countdowns, described in full, fit into one message. */
const PAGE_SIZE = 6;

/** One page of a list, with the buttons to its neighbours. */
export interface Page<T> {
  items: readonly T[];
  /** The index of the first item in the whole list. */
  offset: number;
  title: string;
  buttons: Button[];
}

/**
 * Returns a page of a list; the nearest one where `requested` is no page number. It comes from a button, and the list may have
 * become shorter since.
 */
export function createPage<T>(
  { language: { say } }: Context,
  path: string,
  title: string,
  list: readonly T[],
  requested: string | undefined,
): Page<T> {
  const pages = Math.max(1, Math.ceil(list.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(requested)) || 1));
  const offset = (page - 1) * PAGE_SIZE;
  const buttonTo = (number: number, label: string): Button[] =>
    number >= 1 && number <= pages ? [{ verb: 'press', path, options: { page: String(number) }, label }] : [];
  return {
    items: list.slice(offset, offset + PAGE_SIZE),
    offset,
    title: pages > 1 ? say('countdown.page.title', { title, page, pages }) : title,
    buttons: [
      ...buttonTo(page - 1, say('countdown.page.previous')),
      ...buttonTo(page + 1, say('countdown.page.next')),
    ],
  };
}
