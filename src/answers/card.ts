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

/** A line of an answer, and the fact it is from, whose sources and history are shown with the answer. */
export interface Line {
  text: string;
  from?: Fact;
}

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
}

/** A file that goes with an answer. */
export interface CardFile {
  name: string;
  /** Its media type, such as "text/calendar". */
  type: string;
  text: string;
}

/** An answer, before it is a Discord message. */
export interface Card {
  title: string;
  /** The short answer, first. */
  lead: Line;
  details: Detail[];
  next: Next[];
  /** Whether the answer has more for those who want spoilers. */
  hidesSpoilers?: boolean;
  /** The facts whose history is shown; undefined: of all that the card is from. */
  historyOf?: readonly Fact[];
  /** A file that goes with it. */
  file?: CardFile;
  /** The options by which a button asks for this same answer, where they are not those that were typed. */
  again?: Record<string, string>;
}

/** Returns the facts that a card is from, each once, the lead's first. */
export function slotsOf(card: Card): Fact[] {
  const lines = [card.lead, ...card.details.flatMap((detail) => detail.lines)];
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
