import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { ControlError } from './errors.ts';

/** A line as typed, taken apart: which command, which subcommand of it, and the text of each option in the order typed. */
export interface TypedCommand {
  readonly command: APIApplicationCommand;
  /** The subcommand group and subcommand, outermost first; empty for a command without any. */
  readonly path: readonly APIApplicationCommandOption[];
  /** The options that this command, or subcommand, has. */
  readonly known: readonly APIApplicationCommandBasicOption[];
  readonly given: ReadonlyMap<string, string>;
}

/**
 * Takes `/name group sub option:value …` apart. A value runs to the next ` name:` of an option that the command has, so
 * it may hold spaces and colons; it is trimmed.
 */
export function parseCommandLine(line: string, commands: readonly APIApplicationCommand[]): TypedCommand {
  const [name, afterName] = firstWord(line.trim().replace(/^\//, ''));
  const command = commands.find((one) => one.type === ApplicationCommandType.ChatInput && one.name === name);
  if (!command) throw new ControlError(`Unknown command: /${name}`);

  let rest = afterName;
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  const path: APIApplicationCommandOption[] = [];
  while (options.some(isBranch)) {
    const [word, afterWord] = firstWord(rest);
    const branch = options.find((option) => option.name === word);
    if (!branch || !isBranch(branch)) {
      const names = options.map((option) => option.name).join(', ');
      throw new ControlError(`/${[name, ...path.map((one) => one.name)].join(' ')} needs one of: ${names}`);
    }
    path.push(branch);
    options = branch.options ?? [];
    rest = afterWord;
  }
  const known = options as readonly APIApplicationCommandBasicOption[];
  return { command, path, known, given: parseOptions(rest, known) };
}

const isBranch = (option: APIApplicationCommandOption) =>
  option.type === Option.Subcommand || option.type === Option.SubcommandGroup;

function firstWord(text: string): [word: string, rest: string] {
  const match = /^\s*(\S*)\s*([\s\S]*)$/.exec(text);
  return [match?.[1] ?? '', match?.[2] ?? ''];
}

function parseOptions(text: string, known: readonly APIApplicationCommandBasicOption[]): Map<string, string> {
  const given = new Map<string, string>();
  if (text.trim() === '') return given;
  const names = new Set(known.map((option) => option.name));
  const starts = [...text.matchAll(/(?<=^|\s)([^\s:]+):/gu)].filter((match) => names.has(match[1] ?? ''));
  const before = text.slice(0, starts[0]?.index ?? text.length).trim();
  if (before !== '') {
    throw new ControlError(
      `Unknown option: ${before}. ${names.size > 0 ? `Known: ${[...names].join(', ')}` : 'This command takes none'}`,
    );
  }
  for (const [index, start] of starts.entries()) {
    const name = start[1] ?? '';
    if (given.has(name)) throw new ControlError(`The option ${name} is given twice`);
    given.set(name, text.slice(start.index + start[0].length, starts[index + 1]?.index).trim());
  }
  return given;
}
