import {
  type APIApplicationCommand,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { findMemberById } from '../world/guilds.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { Caller } from './caller.ts';
import { ControlError } from './errors.ts';

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

/** Throws what Discord's client shows when a caller cannot use a command here. */
export function checkAccess(command: APIApplicationCommand, caller: Caller): void {
  checkContext(command, caller);
  checkPermissions(command, caller);
}

/** Returns a command as people name it: a slash command with its slash. */
const describeCommand = ({ name, type }: APIApplicationCommand) =>
  type === ApplicationCommandType.ChatInput ? `/${name}` : name;

function checkContext(command: APIApplicationCommand, { context, userInstall, guild }: Caller): void {
  const isAllowed =
    command.guild_id === undefined
      ? (command.contexts ?? ALL_CONTEXTS).includes(context)
      : command.guild_id === guild?.id;
  if (!isAllowed)
    throw new ControlError(`${describeCommand(command)} cannot be used ${CONTEXT_NAMES[context]}`);
  if (command.guild_id !== undefined) return;
  const types: readonly number[] = command.integration_types ?? [0];
  if (!types.includes(userInstall ? 1 : 0)) {
    const installers = userInstall ? 'users who install' : 'servers that have';
    throw new ControlError(`${describeCommand(command)} is not available to ${installers} the app`);
  }
  if (guild && !userInstall && guild.joined_at === null)
    throw new ControlError(`Unknown command: ${describeCommand(command)}`);
}

function checkPermissions(command: APIApplicationCommand, { guild, user, channel }: Caller): void {
  const member = guild && findMemberById(guild, user.id);
  if (!guild || !member) return;
  const held = channelPermissions(guild, member, channel);
  const canUseCommands = hasPermissions(held, PermissionFlagsBits.UseApplicationCommands);
  if (!canUseCommands || !hasDefaultPermissions(command, held)) {
    throw new ControlError(`You do not have permission to use ${describeCommand(command)}`);
  }
}

/** Returns whether `held` contains the command's default permissions. "0" are administrators only. */
function hasDefaultPermissions({ default_member_permissions }: APIApplicationCommand, held: bigint): boolean {
  if (default_member_permissions === null || default_member_permissions === undefined) return true;
  if (hasPermissions(held, PermissionFlagsBits.Administrator)) return true;
  return default_member_permissions !== '0' && hasPermissions(held, BigInt(default_member_permissions));
}
