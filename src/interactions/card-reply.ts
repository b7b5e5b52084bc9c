import type { Card, Detail, Next, View } from '../answers/card.ts';
import { historyDetails } from '../answers/history.ts';
import { faceOf, type Part, partDetails } from '../answers/parts.ts';
import { actionsOf } from '../answers/release.ts';
import { sourceDetails, sourceLine } from '../answers/sources.ts';
import type { Verb } from '../discord/message/custom-id.ts';
import { LIMITS } from '../discord/message/limits.ts';
import { createPanel } from '../discord/message/panel.ts';
import type { Button, LinkButton, Reply } from '../discord/message/reply.ts';
import type { Day } from '../facts/dates.ts';
import { createPageFrame } from './pagination.ts';

/** The request that a card answers; its buttons repeat it. */
export interface CardRequest {
  path: string;
  options: Record<string, string>;
  /** The day asked about; undefined where none was given. */
  asOf: Day | undefined;
  /** Whether the reader manages the server. */
  isManager?: boolean;
}

/** An answer offers so many next topics. */
const MAX_NEXT = 3;

/** Returns a card as a message: the short answer, its facts and its best source; the rest is a button away. */
export function cardReply(view: View, card: Card, request: CardRequest): Reply {
  const { lead, facts, small, rest } = faceOf(view, card, request.asOf !== undefined);
  const items = facts.map(({ text, line }) => ({
    text: card.isList || IS_ITEM.test(text) ? text : view.language.say('card.fact', { text }),
    buttons: actionButtons(line.actions ?? [], request),
  }));
  return createPanel({
    title: card.title,
    blocks: [{ text: lead }, ...items],
    small,
    file: card.file,
    rows: [partButtons(view, card, request, rest.length > 0), nextButtons(view, card, request)],
  });
}

/** Buttons about this answer: its proof, what it leaves out; for an earlier day also what changed since. */
function partButtons(
  view: View,
  card: Card,
  { path, options, asOf }: CardRequest,
  hasMore: boolean,
): Button[] {
  const { say } = view.language;
  const part = (verb: Part, isThere: boolean): Button[] =>
    isThere ? [{ verb, path, options, label: say(`button.${verb}`) }] : [];
  const { as_of: _, ...today } = options;
  return [
    ...part('spoilers', card.hidesSpoilers === true),
    ...part(
      'sources',
      sourceDetails(view, card).some(({ lines }) => lines.length > 0),
    ),
    ...part('history', historyDetails(view, card).length > 0),
    ...part('more', hasMore),
    ...(asOf
      ? [
          { verb: 'since' as const, path, options, label: say('button.since') },
          { verb: 'ask' as const, path, options: today, label: say('button.now') },
        ]
      : []),
  ];
}

/** Buttons that lead on: other topics on the same day, what can be done with the answer, and its official page. */
function nextButtons(view: View, card: Card, request: CardRequest): (Button | LinkButton)[] {
  const actions = actionButtons(actionsOf(view, card), request);
  const links = card.link ? [card.link] : [];
  const room = Math.min(MAX_NEXT, LIMITS.buttonsInRow - actions.length - links.length);
  const topics = card.next.filter(({ isPress }) => !isPress).slice(0, room);
  return [...topics.map((next) => buttonOf(next, request.asOf)), ...actions, ...links];
}

/** What can be done is done today: of an earlier day there is nothing to wait for. */
function actionButtons(actions: readonly Next[], { asOf, isManager }: CardRequest): Button[] {
  if (asOf) return [];
  return actions
    .filter(({ forManagers }) => !forManagers || isManager)
    .map((action) => buttonOf(action, undefined));
}

function buttonOf({ path, options = {}, label, isPress }: Next, asOf: Day | undefined): Button {
  if (isPress) return { verb: 'press', path, options, label };
  return { verb: 'ask', path, options: { ...options, ...(asOf && { as_of: asOf }) }, label };
}

/** The characters of a page of a part, marks and addresses included: a few screens of a phone. */
const PAGE_CHARACTERS = 2_600;

/** Returns a part of an answer as a message: its sources, its history, or what it leaves out. */
export function partReply(
  view: View,
  card: Card,
  request: CardRequest,
  { part, page }: { part: Part; page: number },
): Reply {
  const { say } = view.language;
  const details = partDetails(view, card, part, request.asOf !== undefined);
  const lines = linesOf(view, details);
  // A part stands apart from its answer: the question says what it is about.
  const question = card.question?.replace(/^-# /, '');
  return pagedReply(view, request, {
    verb: part,
    title: say('part.title', { title: question ?? card.title, part: say(`button.${part}`) }),
    lines: lines.length > 0 ? lines : [say('part.nothing')],
    small: [],
    page,
  });
}

/** Returns what changed since a day as a message, with buttons to other topics as they are known today. */
export function changesReply(view: View, card: Card, request: CardRequest, page: number): Reply {
  const small = sourceLine(view, card, false);
  return pagedReply(view, request, {
    verb: 'since',
    title: card.title,
    lines: [card.lead.text, ...linesOf(view, card.details)],
    small: small ? [small] : [],
    page,
    buttons: nextButtons(view, card, { ...request, asOf: undefined }),
  });
}

const linesOf = ({ language: { say } }: View, details: readonly Detail[]): string[] =>
  details.flatMap(({ heading, lines }) => [
    ...(heading ? [say('card.heading', { text: heading })] : []),
    ...lines.map(({ text }) => (IS_ITEM.test(text) ? text : say('card.fact', { text }))),
  ]);

/** A text that is an item of a list already, or has some. */
const IS_ITEM = /^\d+\. |\n/;

/** A text that may take several pages. */
interface PagedText {
  verb: Verb;
  title: string;
  lines: readonly string[];
  small: readonly string[];
  /** The page that is wanted; the nearest one is shown. */
  page: number;
  buttons?: readonly (Button | LinkButton)[];
}

function pagedReply(
  { language }: View,
  { path, options }: CardRequest,
  { verb, title, lines, small, page: requested, buttons = [] }: PagedText,
): Reply {
  const pages = pagesOf(lines);
  const frame = createPageFrame(language, { title, pages: pages.length, requested }, (page) => ({
    verb,
    path,
    options: { ...options, page },
  }));
  return createPanel({
    title: frame.title,
    blocks: (pages[frame.page - 1] ?? []).map((text) => ({ text })),
    small,
    rows: [frame.buttons, buttons],
  });
}

function pagesOf(lines: readonly string[]): string[][] {
  const pages: string[][] = [[]];
  let length = 0;
  for (const line of lines) {
    if (length > 0 && length + line.length > PAGE_CHARACTERS) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)?.push(line);
    length += line.length + 1;
  }
  return pages;
}
