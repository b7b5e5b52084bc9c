import { type APIApplicationCommand, ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { listCommands } from '../world/commands.ts';
import type { InvokedCommand } from '../world/interactions.ts';
import { findMessage } from '../world/messages.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';
import { checkAccess } from './command-access.ts';
import { createEntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { type InvocationResult, invoke } from './invoke.ts';

/** The name of a context-menu command, and its target: a message or a user. */
export interface MenuChoice {
  readonly name: string;
  /** The id of a message, or the name or id of a user. */
  readonly target: string;
}

/**
 * Runs a command of the context menu (documentation: interactions/application-commands, "User Commands", "Message Commands").
 * Throws what Discord's client would not offer.
 */
export function runMenuCommand(
  services: Services,
  caller: Caller,
  { name, target }: MenuChoice,
): Promise<InvocationResult> {
  const command = findMenuCommand(services.world, caller, name);
  if (!command) throw new ControlError(`Unknown command: ${name}`);
  checkAccess(command, caller);
  const isMessage = command.type === ApplicationCommandType.Message;
  const found = isMessage
    ? resolveMessage(services.world, caller, target)
    : resolveUser(services.world, caller, target);
  const { id, type, guild_id } = command;
  return invoke(services, caller, {
    type: InteractionType.ApplicationCommand,
    data: { id, name, type, ...found.data, ...(guild_id === undefined ? {} : { guild_id }) },
    command: { name, type, target: found.target },
    source: null,
  });
}

/** Returns the command of the context menu with this name: of the guild first, as Discord's client lists them. */
export function findMenuCommand(
  world: World,
  { guild }: Caller,
  name: string,
): APIApplicationCommand | undefined {
  const all = [...(guild ? listCommands(world, guild.id) : []), ...listCommands(world, null)];
  return all.find((command) => command.name === name && command.type !== ApplicationCommandType.ChatInput);
}

/** What a command is run on, as the interaction has it and as the metadata of its reply has it. */
interface MenuTarget {
  readonly data: { readonly target_id: string; readonly resolved?: object };
  readonly target: NonNullable<InvokedCommand['target']>;
}

function resolveMessage(world: World, { channel, user }: Caller, id: string): MenuTarget {
  const stored = findMessage(world, channel.id, id);
  const isVisible = stored && (stored.onlyFor === null || stored.onlyFor === user.id);
  if (!isVisible) throw new ControlError(`There is no message ${id}`, 404);
  const data = { target_id: id, resolved: { messages: { [id]: stored.message } } };
  return { data, target: { messageId: id } };
}

function resolveUser(world: World, caller: Caller, reference: string): MenuTarget {
  const entities = createEntityResolver(world, caller);
  const id = entities.resolve(reference, ['user']) ?? '';
  const user = world.users.get(id);
  if (!user) throw new ControlError(`There is no member ${reference}`, 404);
  return { data: { target_id: id, ...entities.createFields() }, target: { user } };
}
