import type { Button } from '../discord/message/reply.ts';
import type { Language } from '../i18n/translator.ts';
import type { Context } from './context.ts';

/** Six countdowns, described in full, fit into one message. */
const PAGE_SIZE = 6;

/** One page of a list, with the buttons to its neighbours. */
export interface Page<T> {
  items: readonly T[];
  /** The index of the first item in the whole list. */
  offset: number;
  /** Its number, as a button carries it. */
  number: string;
  title: string;
  buttons: Button[];
}

/**
 * Returns a page of a list; the nearest one where `requested` is no page number. It comes from a button, and the list may have
 * become shorter since.
 */
export function createPage<T>(
  { language }: Context,
  path: string,
  title: string,
  list: readonly T[],
  requested: string | undefined,
): Page<T> {
  const pages = Math.max(1, Math.ceil(list.length / PAGE_SIZE));
  const frame = createPageFrame(language, { title, pages, requested: Number(requested) }, (page) => ({
    verb: 'press',
    path,
    options: { page },
  }));
  const offset = (frame.page - 1) * PAGE_SIZE;
  return {
    items: list.slice(offset, offset + PAGE_SIZE),
    offset,
    number: String(frame.page),
    title: frame.title,
    buttons: frame.buttons,
  };
}

/** What is around one page of several: its number, from 1 on, its title, and the buttons to its neighbours. */
export interface PageFrame {
  page: number;
  title: string;
  buttons: Button[];
}

/** Returns the frame of the page that is nearest to the requested one. `linkTo` returns where the button to a page leads. */
export function createPageFrame(
  { say }: Language,
  { title, pages, requested }: { title: string; pages: number; requested: number },
  linkTo: (page: string) => Omit<Button, 'label'>,
): PageFrame {
  const page = Math.min(pages, Math.max(1, Math.trunc(requested) || 1));
  const buttonTo = (number: number, label: string): Button[] =>
    number >= 1 && number <= pages ? [{ ...linkTo(String(number)), label }] : [];
  return {
    page,
    title: pages > 1 ? say('countdown.page.title', { title, page, pages }) : title,
    buttons: [
      ...buttonTo(page - 1, say('countdown.page.previous')),
      ...buttonTo(page + 1, say('countdown.page.next')),
    ],
  };
}
