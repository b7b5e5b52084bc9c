import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { listCommands } from '../world/commands.ts';
import { findMemberById } from '../world/guilds.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';
import { createEntityResolver, type EntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { type InvocationResult, invoke } from './invoke.ts';
import { parseOptionValue } from './option-values.ts';
import { parseCommandLine, type TypedCommand } from './parse-command-line.ts';

/** Runs a typed command. Throws what Discord's client would refuse. */
export function runCommand(services: Services, caller: Caller, line: string): Promise<InvocationResult> {
  const typed = parseCommand(services.world, caller, line);
  for (const option of typed.options) {
    if (option.required && !typed.values.has(option.name)) {
      throw new ControlError(`${option.name}: This option is required. Specify a value`);
    }
  }
  const entities = createEntityResolver(services.world, caller);
  const options = [...typed.values].map(([name, text]) => {
    const option = requireOption(typed, name);
    return { name, type: option.type, value: parseOptionValue(option, text, entities) };
  });
  return invoke(services, caller, {
    type: InteractionType.ApplicationCommand,
    data: { ...createCommandData(typed, options), ...entities.createFields() },
    commandName: [typed.command.name, ...typed.path.map(({ name }) => name)].join(' '),
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
    commandName: typed.command.name,
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
  checkContext(typed.command, caller);
  checkPermissions(typed.command, caller);
  return typed;
}

const CONTEXT_NAMES = {
  [InteractionContextType.Guild]: 'in a server',
  [InteractionContextType.BotDM]: 'in direct messages with the app',
  [InteractionContextType.PrivateChannel]: 'in private channels',
};

const ALL_CONTEXTS: readonly number[] = [
  InteractionContextType.Guild,
  InteractionContextType.BotDM,
  InteractionContextType.PrivateChannel,
];

function checkContext(command: APIApplicationCommand, { context, userInstall, guild }: Caller): void {
  const isAllowed =
    command.guild_id === undefined
      ? (command.contexts ?? ALL_CONTEXTS).includes(context)
      : command.guild_id === guild?.id;
  if (!isAllowed) throw new ControlError(`/${command.name} cannot be used ${CONTEXT_NAMES[context]}`);
  if (command.guild_id !== undefined) return;
  const types: readonly number[] = command.integration_types ?? [0];
  if (!types.includes(userInstall ? 1 : 0)) {
    const installers = userInstall ? 'users who install' : 'servers that have';
    throw new ControlError(`/${command.name} is not available to ${installers} the app`);
  }
  if (guild && !userInstall && guild.joined_at === null)
    throw new ControlError(`Unknown command: /${command.name}`);
}

function checkPermissions(command: APIApplicationCommand, { guild, user, channel }: Caller): void {
  const member = guild && findMemberById(guild, user.id);
  if (!guild || !member) return;
  const held = channelPermissions(guild, member, channel);
  const canUseCommands = hasPermissions(held, PermissionFlagsBits.UseApplicationCommands);
  if (!canUseCommands || !hasDefaultPermissions(command, held)) {
    throw new ControlError(`You do not have permission to use /${command.name}`);
  }
}

/** Returns whether `held` contains the command's default permissions. "0" are administrators only. */
function hasDefaultPermissions({ default_member_permissions }: APIApplicationCommand, held: bigint): boolean {
  if (default_member_permissions === null || default_member_permissions === undefined) return true;
  if (hasPermissions(held, PermissionFlagsBits.Administrator)) return true;
  return default_member_permissions !== '0' && hasPermissions(held, BigInt(default_member_permissions));
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
