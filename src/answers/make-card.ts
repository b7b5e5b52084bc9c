import type { Topic } from '../facts/enums.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Card, Detail, Line, Link, Next, View } from './card.ts';
import { allLines, hasSpoilers } from './lines.ts';
import { titleName } from './names.ts';

/** The content of an answer. */
interface CardContent {
  title: string;
  /** The short answer; undefined where nothing is known. */
  lead: Line | undefined;
  /** Short facts below the lead; undefined: the lines of the details, in their order. */
  facts?: Line[];
  isList?: boolean;
  details?: (Detail | undefined)[];
  next: Next[];
  link?: Link | undefined;
  again?: Record<string, string>;
  /** All facts that the answer is from, to tell whether it leaves out spoilers. */
  from?: readonly Fact[];
  historyOf?: readonly Fact[];
}

/** Creates an answer: says so where nothing is known, and drops empty details. */
export function createCard(
  view: View,
  { title, lead, facts, isList, details = [], next, link, from = [], historyOf, again }: CardContent,
): Card {
  const { say, date } = view.language;
  const all = details.filter((detail): detail is Detail => detail !== undefined && detail.lines.length > 0);
  return {
    title,
    lead: lead ?? { text: say('card.unknown', { date: date(view.snapshot.day) }) },
    facts: facts ?? all.flatMap(({ lines }) => lines),
    details: all,
    next,
    hidesSpoilers: !view.spoilers && from.some(hasSpoilers),
    ...(isList && { isList }),
    ...(link && { link }),
    ...(historyOf && { historyOf }),
    ...(again && { again }),
  };
}

/** Returns the title of an answer: "Ballerina · Cast". */
export function heading(view: View, title: string, topic: Topic): string {
  return view.language.say('card.title', {
    title: titleName(view, title),
    topic: view.language.say(`topic.${topic}`),
  });
}

/** Creates a detail under a heading. */
export function detail(headingText: string | undefined, lines: Line[]): Detail {
  return headingText ? { heading: headingText, lines } : { lines };
}

/** Returns the line of the first fact as the lead, and the lines of the others. */
export function splitLead(view: View, facts: readonly Fact[]): { lead: Line | undefined; rest: Line[] } {
  const [lead, ...rest] = allLines(view, facts);
  return { lead, rest };
}
