import type { Button } from '../discord/message/reply.ts';
import type { Context } from './command.ts';

/** So many countdowns of a list stand on one page: told in full, they fit into one message. */
const ON_A_PAGE = 6;

/** One page of a list: which of its items, and the buttons to the others. */
export interface Page<T> {
  items: readonly T[];
  /** The place of the first one in the whole list. */
  first: number;
  title: string;
  buttons: Button[];
}

/**
 * A page of a list. Which one is asked for comes from a button, so from anyone: what is no page is the nearest that is one;
 * the list may have become shorter since the button was made.
 */
export function pageOf<T>(
  { language: { say } }: Context,
  path: string,
  title: string,
  all: readonly T[],
  asked: string | undefined,
): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / ON_A_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
  const first = (page - 1) * ON_A_PAGE;
  const to = (number: number, label: string): Button[] =>
    number >= 1 && number <= pages ? [{ verb: 'press', path, options: { page: String(number) }, label }] : [];
  return {
    items: all.slice(first, first + ON_A_PAGE),
    first,
    title: pages > 1 ? say('countdown.page.title', { title, page, pages }) : title,
    buttons: [...to(page - 1, say('countdown.page.previous')), ...to(page + 1, say('countdown.page.next'))],
  };
}
