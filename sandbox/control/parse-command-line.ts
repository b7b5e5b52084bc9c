import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { ControlError } from './errors.ts';

/** A parsed command line. */
export interface TypedCommand {
  readonly command: APIApplicationCommand;
  /** The subcommand group and the subcommand, outermost first. */
  readonly path: readonly APIApplicationCommandOption[];
  /** The options of the command or subcommand. */
  readonly options: readonly APIApplicationCommandBasicOption[];
  /** The text of each option that was typed, in the order typed. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Parses `/name group sub option:value …`. A value ends before the next ` name:` of an option of the command, so it may
 * contain spaces and colons. It is trimmed. Throws for unknown commands and options.
 */
export function parseCommandLine(line: string, commands: readonly APIApplicationCommand[]): TypedCommand {
  const [name, afterName] = splitFirstWord(line.trim().replace(/^\//, ''));
  const command = commands.find(
    (candidate) => candidate.type === ApplicationCommandType.ChatInput && candidate.name === name,
  );
  if (!command) throw new ControlError(`Unknown command: /${name}`);

  let rest = afterName;
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  const path: APIApplicationCommandOption[] = [];
  while (options.some(isBranch)) {
    const [word, afterWord] = splitFirstWord(rest);
    const branch = options.find((option) => option.name === word);
    if (!branch || !isBranch(branch)) {
      const typed = [command, ...path].map((parent) => parent.name).join(' ');
      throw new ControlError(`/${typed} needs one of: ${options.map((option) => option.name).join(', ')}`);
    }
    path.push(branch);
    options = branch.options ?? [];
    rest = afterWord;
  }
  const leafOptions = options as readonly APIApplicationCommandBasicOption[];
  return { command, path, options: leafOptions, values: parseValues(rest, leafOptions) };
}

/** Returns whether an option is a subcommand or a group of them. */
const isBranch = (option: APIApplicationCommandOption) =>
  option.type === Option.Subcommand || option.type === Option.SubcommandGroup;

function splitFirstWord(text: string): [word: string, rest: string] {
  const match = /^\s*(\S*)\s*([\s\S]*)$/.exec(text);
  return [match?.[1] ?? '', match?.[2] ?? ''];
}

function parseValues(
  text: string,
  options: readonly APIApplicationCommandBasicOption[],
): Map<string, string> {
  const values = new Map<string, string>();
  if (text.trim() === '') return values;
  const names = new Set(options.map((option) => option.name));
  const starts = [...text.matchAll(/(?<=^|\s)([^\s:]+):/gu)].filter((match) => names.has(match[1] ?? ''));
  const beforeFirst = text.slice(0, starts[0]?.index ?? text.length).trim();
  if (beforeFirst !== '') {
    const known = names.size > 0 ? `Known: ${[...names].join(', ')}` : 'This command takes none';
    throw new ControlError(`Unknown option: ${beforeFirst}. ${known}`);
  }
  for (const [index, start] of starts.entries()) {
    const name = start[1] ?? '';
    if (values.has(name)) throw new ControlError(`The option ${name} is given twice`);
    values.set(name, text.slice(start.index + start[0].length, starts[index + 1]?.index).trim());
  }
  return values;
}
