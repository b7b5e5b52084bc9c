import type { Day } from '../facts/dates.ts';
import type { CommandTopic } from '../facts/enums.ts';
import type { Fact, Facts, Snapshot } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';

/** How a reader sees the facts: the snapshot of a day, a language, and whether with spoilers. */
export interface View {
  facts: Facts;
  snapshot: Snapshot;
  language: Language;
  spoilers: boolean;
}

/** A line of an answer, and the fact it is from, whose sources and history belong to the answer. */
export interface Line {
  text: string;
  /** The same without what can be left out, for the answer itself; undefined: there is nothing to leave out. */
  short?: string;
  from?: Fact;
  /** What can be done with it: buttons beside the line. */
  actions?: readonly Next[];
}

/** Returns a line with its text, in full and shortened, put into other words. */
export const mapLine = (line: Line, change: (text: string) => string): Line => ({
  ...line,
  text: change(line.text),
  ...(line.short !== undefined && { short: change(line.short) }),
});

/** A part of an answer, under a heading or none. */
export interface Detail {
  heading?: string;
  lines: Line[];
}

/** What can be asked next: a subcommand with its options, offered as a button. */
export interface Next {
  /** "ballerina/cast" */
  path: string;
  options?: Record<string, string>;
  label: string;
  /** The button is the command's own: it does something, where others show an answer. */
  isPress?: true;
  /** It is shown only to members who manage the server. */
  forManagers?: true;
}

/** An official page, offered as a button. */
export interface Link {
  url: string;
  label: string;
}

/** A file that goes with an answer. */
export interface CardFile {
  name: string;
  /** Its media type, such as "text/calendar". */
  type: string;
  data: string | Uint8Array;
  /** What it shows, for those who cannot see it. */
  description?: string;
}

/** An answer, before it is a Discord message. */
export interface Card {
  title: string;
  /** The short answer, first. */
  lead: Line;
  /** The title that was asked about, where its first fact may not say so. */
  about?: string;
  /** Short facts below it, the most important first. Those that do not fit are left out. */
  facts?: Line[];
  /** Whether the facts are a list, which may be longer. */
  isList?: boolean;
  /** All that there is to tell, by heading; what the answer does not show of it is behind **More**. */
  details: Detail[];
  next: Next[];
  link?: Link;
  /** The question that it answers, as a line below the facts. */
  question?: string;
  /** Whether the answer has more for those who want spoilers. */
  hidesSpoilers?: boolean;
  /** The facts whose history is shown; undefined: of all that the card is from. */
  historyOf?: readonly Fact[];
  /** A file that goes with it. */
  file?: CardFile;
  /** The options by which a button asks for this same answer, where they are not those that were typed. */
  again?: Record<string, string>;
  /** The day whose facts it is from, where the question named an earlier one than the view's. */
  asOf?: Day;
}

/** Returns the facts that a card is from, each once, the lead's first. */
export function slotsOf(card: Card): Fact[] {
  const lines = [card.lead, ...(card.facts ?? []), ...card.details.flatMap((detail) => detail.lines)];
  const facts = lines.flatMap((line) => line.from ?? []);
  return [...new Map(facts.map((fact) => [fact.slot.slot, fact])).values()];
}

/** Returns a text that is hidden until it is clicked. */
export const spoiler = ({ language }: View, text: string) => language.say('card.spoiler', { text });

/** Returns a text after its label; the text alone where it has none. */
export const withLabel = ({ language }: View, label: string | undefined, text: string) =>
  label ? language.say('card.labelled', { label, text }) : text;

/** Returns buttons to related topics of *Ballerina*. */
export function neighbours({ language }: View, ...topics: CommandTopic[]): Next[] {
  return topics.map((topic) => ({ path: pathOf(topic), label: language.say(`topic.${topic}`) }));
}

const pathOf = (topic: CommandTopic) =>
  topic === 'timeline' || topic === 'upcoming' ? `wick/${topic}` : `ballerina/${topic}`;
