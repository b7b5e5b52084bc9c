import type { CommandTopic } from '../facts/enums.ts';
import type { Fact, Facts, Snapshot } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';

/** How one reader looks at the facts: the snapshot of a day, a language, and whether spoilers were asked for. */
export interface View {
  facts: Facts;
  snapshot: Snapshot;
  language: Language;
  spoilers: boolean;
}

/** A line of an answer, and the slot it says something of: its sources and its history are shown with the answer. */
export interface Line {
  text: string;
  from?: Fact;
}

export interface Detail {
  heading?: string;
  lines: Line[];
}

/** Something to ask next: a subcommand with its options, offered as a button. */
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
  /** There is more to tell to those who want spoilers. */
  hidesSpoilers?: boolean;
  /** The slots whose earlier claims are told; all that the card speaks of, where it does not say. */
  historyOf?: readonly Fact[];
  /** A file that goes with it. */
  file?: CardFile;
  /** The options by which a button asks for this very answer, where they are not those that were typed. */
  again?: Record<string, string>;
}

/** The slots a card speaks of, each once, the lead's first. */
export function slotsOf(card: Card): Fact[] {
  const lines = [card.lead, ...card.details.flatMap((detail) => detail.lines)];
  const facts = lines.flatMap((line) => line.from ?? []);
  return [...new Map(facts.map((fact) => [fact.slot.slot, fact])).values()];
}

/** Text between Discord's spoiler bars. */
export const spoiler = (text: string) => `||${text}||`;

/** Buttons to neighbouring topics of *Ballerina*. */
export function neighbours({ language }: View, ...topics: CommandTopic[]): Next[] {
  return topics.map((topic) => ({ path: pathOf(topic), label: language.say(`topic.${topic}`) }));
}

const pathOf = (topic: CommandTopic) =>
  topic === 'timeline' || topic === 'upcoming' ? `wick/${topic}` : `ballerina/${topic}`;
