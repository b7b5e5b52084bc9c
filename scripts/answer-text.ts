import { ComponentType } from 'discord-api-types/v10';
import type { View } from '../src/answers/card.ts';
import { castOf } from '../src/answers/cast.ts';
import { termsOf } from '../src/answers/lore.ts';
import { knownRegions } from '../src/answers/release.ts';
import { createFactCommands } from '../src/app/fact-commands.ts';
import type { Reply } from '../src/discord/message/reply.ts';
import { findSubcommand, type Options } from '../src/interactions/command.ts';
import { createContext } from '../src/interactions/context.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { visibleText } from '../src/lib/markdown.ts';

/** A question as a command takes it: "ballerina/cast" with its options. */
export interface Question {
  path: string;
  options: Record<string, string | boolean>;
}

/** The answer to a question, as a reader sees it. */
export interface Answer extends Question {
  text: string;
  /** Its visible characters and its lines. */
  characters: number;
  lines: number;
}

interface AnyComponent {
  type: number;
  content?: string;
  components?: AnyComponent[];
}

/** Returns the texts of a message's components, in the order in which they show. */
export function componentTexts(components: readonly unknown[]): string[] {
  return (components as AnyComponent[]).flatMap(({ type, content, components: inner = [] }) => [
    ...(type === ComponentType.TextDisplay && content ? [content] : []),
    ...componentTexts(inner),
  ]);
}

/** Returns every question about the facts that a command can be asked on a day, without spoilers and with them. */
export function allQuestions(knowledge: Knowledge, day: string): Question[] {
  const view: View = {
    facts: knowledge.facts,
    snapshot: knowledge.facts.asOf(day),
    language: knowledge.catalogue.in('en-US'),
    spoilers: true,
  };
  return createFactCommands()
    .flatMap((command) => command.subcommands.map((subcommand) => ({ command, subcommand })))
    .filter(({ subcommand }) => subcommand.since && subcommand.name !== 'ask')
    .flatMap(({ command, subcommand }) => {
      const path = `${command.name}/${subcommand.name}`;
      const options = optionSets(view, path, subcommand.options, Object.keys(knowledge.facts.titles));
      return options.flatMap((set) => [
        { path, options: set },
        ...('spoilers' in subcommand.options ? [{ path, options: { ...set, spoilers: true } }] : []),
      ]);
    });
}

/** The sets of options with which a subcommand is asked: each value of each of its own options. */
function optionSets(
  view: View,
  path: string,
  options: Options,
  titles: readonly string[],
): Record<string, string>[] {
  if ('title' in options) {
    const whole = options['title']?.required ? [] : [{}];
    return [
      ...whole,
      ...titles.flatMap((title) => ofTitle(view, title, options).map((set) => ({ title, ...set }))),
    ];
  }
  if ('term' in options) return [{}, ...termsOf(view).map(({ id }) => ({ term: id }))];
  if ('order' in options) return [{}, { order: 'story' }, { order: 'release' }];
  return path.startsWith('ballerina/') ? ofTitle(view, 'ballerina', options) : [{}];
}

function ofTitle(view: View, title: string, options: Options): Record<string, string>[] {
  const people = 'person' in options ? castOf(view, title).map(({ person }) => ({ person })) : [];
  const regions = 'region' in options ? knownRegions(view, title).map(({ code }) => ({ region: code })) : [];
  return [{}, ...people, ...regions];
}

/** Returns the message that answers a question as of a day. */
export async function replyTo(
  knowledge: Knowledge,
  { path, options }: Question,
  day: string,
): Promise<Reply> {
  const subcommand = findSubcommand(createFactCommands(), path);
  if (!subcommand) throw new Error(`no command ${path}`);
  const interaction = { id: '1', type: 2, locale: 'en-US', authorizing_integration_owners: {} };
  const now = Temporal.Instant.from(`${day}T12:00:00Z`);
  return subcommand.run(options as never, createContext(knowledge, interaction as never, now));
}

/** Returns what a reader sees of a message, and how long it is. */
export function readAnswer(question: Question, { components = [] }: Reply): Answer {
  const text = visibleText(componentTexts(components).join('\n'));
  return { ...question, text, characters: text.length, lines: text.split('\n').length };
}
