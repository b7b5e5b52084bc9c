import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { OptionType } from './discord.ts';

/** An option of a command: the fields that the page looks at. */
export interface Option {
  readonly name: string;
  readonly type: number;
  readonly description: string;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly channel_types?: readonly number[];
}

/** A command that can be typed: "ballerina cast" for the subcommand cast of ballerina. */
export interface Typeable {
  readonly path: string;
  readonly description: string;
  /** What a member must hold to use it, as Discord writes permissions; null for everyone. */
  readonly needs: string | null;
  /** Required ones first. */
  readonly options: readonly Option[];
}

/** The commands that can be typed in a guild, or outside of any, in the reader's language. */
export function typeables(
  commands: readonly APIApplicationCommand[],
  guild: string | null,
  locale: string,
): Typeable[] {
  return commands
    .filter(({ type, guild_id, contexts }) => {
      const here = guild === null ? 1 : 0;
      return type === 1 && (guild_id === undefined ? (contexts?.includes(here) ?? true) : guild_id === guild);
    })
    .flatMap((command) => {
      const leaves = (
        path: string,
        parent: APIApplicationCommand | APIApplicationCommandOption,
      ): Typeable[] => {
        const options = ('options' in parent ? (parent.options ?? []) : []) as readonly Option[];
        const branches = options.filter(({ type }) => type <= OptionType.SubcommandGroup);
        if (branches.length > 0) {
          return branches.flatMap((branch) =>
            leaves(`${path} ${branch.name}`, branch as APIApplicationCommandOption),
          );
        }
        const sorted = options.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
        const needs = command.default_member_permissions ?? null;
        return [{ path, description: localized(parent as Option, locale), needs, options: sorted }];
      };
      return leaves(command.name, command);
    })
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** Returns the description of a command or an option in a language, or the default one. */
export const localized = (
  { description, description_localizations: known }: Option,
  locale: string,
): string => known?.[locale] ?? description;

/** A value in a line, and where its option's name and itself stand. */
export interface Given {
  readonly option: Option;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly value: string;
}

/** A line as far as it is typed. */
export interface Line {
  readonly command: Typeable | undefined;
  /** What is typed of the command's name, without the slash; undefined when the line is no command. */
  readonly query: string | undefined;
  readonly given: readonly Given[];
}

/** Takes a line apart, in the way of the control call that it will be sent to. */
export function parseLine(text: string, known: readonly Typeable[]): Line {
  if (!text.startsWith('/')) return { command: undefined, query: undefined, given: [] };
  const query = text.slice(1);
  const command = known
    .filter(({ path }) => query.startsWith(`${path} `))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!command) return { command, query, given: [] };
  const options = new Map(command.options.map((option) => [option.name, option]));
  const offset = command.path.length + 2;
  const starts = [...text.slice(offset).matchAll(/(?<=^|\s)([^\s:]+):/gu)].flatMap((match) => {
    const option = options.get(match[1] ?? '');
    return option
      ? [{ option, start: offset + match.index, valueStart: offset + match.index + match[0].length }]
      : [];
  });
  const given = starts.map((start, index) => {
    const end = starts[index + 1]?.start ?? text.length;
    return { ...start, end, value: text.slice(start.valueStart, end).trim() };
  });
  return { command, query, given };
}

/** Commands for what is typed of a name: those that begin with it, or else those that contain all its words. */
export function matching(known: readonly Typeable[], query: string): Typeable[] {
  const typed = query.toLowerCase().trim();
  const begins = known.filter(({ path }) => path.startsWith(typed));
  if (begins.length > 0) return begins;
  const words = typed.split(/\s+/);
  return known.filter(({ path, description }) => {
    const text = `${path} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Options that the line has not got yet and that begin with `typed`, required ones first. */
export function missing({ command, given }: Line, typed = ''): Option[] {
  const names = new Set(given.map(({ option }) => option.name));
  return (command?.options ?? []).filter(({ name }) => !names.has(name) && name.startsWith(typed));
}

/** The first required option that has no value. */
export const nextRequired = (line: Line): Option | undefined =>
  missing(line).find(({ required }) => required) ??
  line.given.find(({ option, value }) => option.required && value === '')?.option;
