import type { Topic } from '../facts/enums.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Card, Detail, Line, Next, View } from './card.ts';
import { allLines, keepsSecrets } from './lines.ts';
import { titleName } from './names.ts';

/** What an answer is made of; what is empty is left out. */
interface CardContent {
  title: string;
  /** The slot that leads, or the lead's own words; nothing where nothing is known. */
  lead: Line | undefined;
  details?: (Detail | undefined)[];
  next: Next[];
  /** All slots that the answer draws on, to tell whether it keeps spoilers back. */
  from?: readonly Fact[];
  historyOf?: readonly Fact[];
}

/** Puts an answer together: says so where nothing is known, drops empty details, notes what is kept back as a spoiler. */
export function createCard(
  view: View,
  { title, lead, details = [], next, from = [], historyOf }: CardContent,
): Card {
  const { say, date } = view.language;
  return {
    title,
    lead: lead ?? { text: say('card.unknown', { date: date(view.snapshot.day) }) },
    details: details.filter((detail): detail is Detail => detail !== undefined && detail.lines.length > 0),
    next,
    hidesSpoilers: !view.spoilers && from.some(keepsSecrets),
    ...(historyOf && { historyOf }),
  };
}

/** "Ballerina · Cast" */
export function heading(view: View, title: string, topic: Topic): string {
  return view.language.say('card.title', {
    title: titleName(view, title),
    topic: view.language.say(`topic.${topic}`),
  });
}

/** A detail under a heading. */
export function detail(headingText: string | undefined, lines: Line[]): Detail {
  return headingText ? { heading: headingText, lines } : { lines };
}

/** The first slot leads with its own words, the others follow. */
export function ledBy(view: View, facts: readonly Fact[]): { lead: Line | undefined; rest: Line[] } {
  const [lead, ...rest] = allLines(view, facts);
  return { lead, rest };
}
