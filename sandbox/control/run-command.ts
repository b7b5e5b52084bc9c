import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  InteractionType,
} from 'discord-api-types/v10';
import type { z } from 'zod';
import type { Services } from '../services.ts';
import { listCommands } from '../world/commands.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';
import { checkAccess } from './command-access.ts';
import { createEntityResolver, type EntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { createAttach, type filesSchema } from './given-files.ts';
import { type InvocationResult, invoke } from './invoke.ts';
import { parseOptionValue } from './option-values.ts';
import { parseCommandLine, type TypedCommand } from './parse-command-line.ts';

/** Runs a typed command. Throws what Discord's client would refuse. */
export function runCommand(
  services: Services,
  caller: Caller,
  { text, files }: { readonly text: string; readonly files: z.output<typeof filesSchema> },
): Promise<InvocationResult> {
  const typed = parseCommand(services.world, caller, text);
  for (const option of typed.options) {
    if (option.required && !typed.values.has(option.name)) {
      throw new ControlError(`${option.name}: This option is required. Specify a value`);
    }
  }
  const attach = createAttach(services, caller.channel, files);
  const entities = createEntityResolver(services.world, caller, attach);
  const options = [...typed.values].map(([name, text]) => {
    const option = requireOption(typed, name);
    return { name, type: option.type, value: parseOptionValue(option, text, entities) };
  });
  return invoke(services, caller, {
    type: InteractionType.ApplicationCommand,
    data: { ...createCommandData(typed, options), ...entities.createFields() },
    command: {
      name: [typed.command.name, ...typed.path.map(({ name }) => name)].join(' '),
      type: typed.command.type,
    },
    source: null,
  });
}

/** Requests suggestions for the last option of a typed command. Earlier options that are invalid are left out. */
export function requestSuggestions(
  services: Services,
  caller: Caller,
  line: string,
): Promise<InvocationResult> {
  const typed = parseCommand(services.world, caller, line);
  const focused = [...typed.values.keys()].at(-1);
  const option = focused === undefined ? undefined : requireOption(typed, focused);
  if (!option || !('autocomplete' in option) || !option.autocomplete) {
    throw new ControlError(`${focused ?? 'This command'} has no suggestions`);
  }
  const entities = createEntityResolver(services.world, caller);
  const options = [...typed.values].flatMap(([name, text]) =>
    name === focused
      ? [{ name, type: option.type, value: text, focused: true }]
      : parseIfValid(requireOption(typed, name), text, entities),
  );
  return invoke(services, caller, {
    type: InteractionType.ApplicationCommandAutocomplete,
    data: createCommandData(typed, options),
    command: { name: typed.command.name, type: typed.command.type },
    source: null,
  });
}

function parseIfValid(
  option: APIApplicationCommandBasicOption,
  text: string,
  entities: EntityResolver,
): object[] {
  const { name, type } = option;
  try {
    return [{ name, type, value: parseOptionValue(option, text, entities) }];
  } catch {
    return [];
  }
}

/** Parses a command line. Throws for a command that the caller cannot use here. */
function parseCommand(world: World, caller: Caller, line: string): TypedCommand {
  const guildCommands = caller.guild ? listCommands(world, caller.guild.id) : [];
  const typed = parseCommandLine(line, [...guildCommands, ...listCommands(world, null)]);
  checkAccess(typed.command, caller);
  return typed;
}

function requireOption(typed: TypedCommand, name: string): APIApplicationCommandBasicOption {
  const option = typed.options.find((candidate) => candidate.name === name);
  if (!option) throw new ControlError(`Unknown option: ${name}`);
  return option;
}

/** Returns the data of the interaction. The options are nested in their subcommand and group. */
function createCommandData({ command, path }: TypedCommand, options: object[]): object {
  const nest = (inner: object[], { name, type }: APIApplicationCommandOption) => [
    { name, type, options: inner },
  ];
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options: path.toReversed().reduce<object[]>(nest, options),
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
  };
}
