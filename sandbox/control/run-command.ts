import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  InteractionType,
  type ApplicationCommandOptionType as Option,
  PermissionFlagsBits,
  InteractionContextType as Where,
} from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import { listCommands } from '../world/commands.ts';
import { findMemberById } from '../world/guilds.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { type InvocationContext, type InvocationResult, invoke } from './invoke.ts';
import { type EntityLookup, parseOptionValue, type ResolvedData } from './option-values.ts';
import { parseCommandLine, type TypedCommand } from './parse-command-line.ts';

/** Types a command and sends it. */
export function runCommand(
  services: Services,
  scene: InvocationContext,
  line: string,
): Promise<InvocationResult> {
  const typed = parseCommand(services.world, scene, line);
  for (const option of typed.known) {
    if (option.required && !typed.given.has(option.name)) {
      throw new ControlError(`${option.name}: This option is required. Specify a value`);
    }
  }
  const lookup = createLookup(services.world, scene);
  const resolved: ResolvedData = {};
  const options = [...typed.given].map(([name, text]) => {
    const option = requireOption(typed, name);
    return { name, type: option.type, value: parseOptionValue(option, text, lookup, resolved) };
  });
  return invoke(services, scene, {
    type: InteractionType.ApplicationCommand,
    data: createCommandData(typed, options, resolved),
    commandName: [typed.command.name, ...typed.path.map((one) => one.name)].join(' '),
    source: null,
  });
}

/** Types a command up to its last option, and asks for suggestions for that one. Earlier options that are not valid yet stay out. */
export function requestSuggestions(
  services: Services,
  scene: InvocationContext,
  line: string,
): Promise<InvocationResult> {
  const typed = parseCommand(services.world, scene, line);
  const focused = [...typed.given.keys()].at(-1);
  const option = focused === undefined ? undefined : requireOption(typed, focused);
  if (!option || !('autocomplete' in option) || !option.autocomplete) {
    throw new ControlError(`${focused ?? 'This command'} has no suggestions`);
  }
  const lookup = createLookup(services.world, scene);
  const options = [...typed.given].flatMap(([name, text]): object[] => {
    const { type } = requireOption(typed, name);
    if (name === focused) return [{ name, type, value: text, focused: true }];
    try {
      return [{ name, type, value: parseOptionValue(requireOption(typed, name), text, lookup, {}) }];
    } catch {
      return [];
    }
  });
  return invoke(services, scene, {
    type: InteractionType.ApplicationCommandAutocomplete,
    data: createCommandData(typed, options, {}),
    commandName: typed.command.name,
    source: null,
  });
}

/** Takes a line apart, and refuses a command that the person would not see here. */
function parseCommand(world: World, scene: InvocationContext, line: string): TypedCommand {
  const own = scene.guild ? listCommands(world, scene.guild.id) : [];
  const typed = parseCommandLine(line, [...own, ...listCommands(world, null)]);
  checkPlace(typed.command, scene);
  checkPermissions(typed.command, scene);
  return typed;
}

const PLACES = {
  [Where.Guild]: 'in a server',
  [Where.BotDM]: 'in direct messages with the app',
  [Where.PrivateChannel]: 'in private channels',
};

function checkPlace(
  command: APIApplicationCommand,
  { context, userInstall, guild }: InvocationContext,
): void {
  const nowhere = () => new ControlError(`/${command.name} cannot be used ${PLACES[context]}`);
  if (command.guild_id !== undefined) {
    if (command.guild_id !== guild?.id) throw nowhere();
    return;
  }
  const contexts: readonly number[] = command.contexts ?? [Where.Guild, Where.BotDM, Where.PrivateChannel];
  if (!contexts.includes(context)) throw nowhere();
  const types: readonly number[] = command.integration_types ?? [0];
  if (!types.includes(userInstall ? 1 : 0)) {
    throw new ControlError(
      `/${command.name} is not available to ${userInstall ? 'users who install' : 'servers that have'} the app`,
    );
  }
  if (guild && !userInstall && guild.joined_at === null)
    throw new ControlError(`Unknown command: /${command.name}`);
}

function checkPermissions(command: APIApplicationCommand, { guild, user, channel }: InvocationContext): void {
  const member = guild && findMemberById(guild, user.id);
  if (!guild || !member) return;
  const held = channelPermissions(guild, member, channel);
  const needed = command.default_member_permissions;
  const admin = hasPermissions(held, PermissionFlagsBits.Administrator);
  const allowed =
    needed === null ||
    needed === undefined ||
    admin ||
    (needed !== '0' && hasPermissions(held, BigInt(needed)));
  if (!hasPermissions(held, PermissionFlagsBits.UseApplicationCommands) || !allowed) {
    throw new ControlError(`You do not have permission to use /${command.name}`);
  }
}

function createLookup(world: World, { guild, user }: InvocationContext): EntityLookup {
  return { guild, userId: user.id, botPermissions: (channel) => botPermissions(world, guild, channel) };
}

function requireOption(typed: TypedCommand, name: string) {
  const option = typed.known.find((one) => one.name === name);
  if (!option) throw new ControlError(`Unknown option: ${name}`);
  return option;
}

/** The data of the interaction: the options, wrapped in the subcommand and the group they belong to. */
function createCommandData(
  { command, path }: TypedCommand,
  options: object[],
  resolved: ResolvedData,
): object {
  const wrap = (inner: object[], { name, type }: APIApplicationCommandOption) => [
    { name, type: type as Option, options: inner },
  ];
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options: path.toReversed().reduce<object[]>(wrap, options),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
  };
}
