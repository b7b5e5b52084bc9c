import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { CommandForm } from '../rules/commands.ts';
import type { World } from './world.ts';

/** Returns the commands of one guild, or the global ones when `guildId` is null. */
export const listCommands = (world: World, guildId: string | null): APIApplicationCommand[] =>
  [...world.commands.values()].filter((command) => (command.guild_id ?? null) === guildId);

/** Creates a command, or replaces the one with the same name and type. */
export function upsertCommand(
  world: World,
  guildId: string | null,
  form: CommandForm,
): APIApplicationCommand {
  const before = listCommands(world, guildId).find(
    ({ name, type }) => name === form.name && type === form.type,
  );
  return saveCommand(world, form, { guildId, before });
}

/** Where a command belongs, and the command that it replaces, if any. */
interface CommandSlot {
  readonly guildId: string | null;
  readonly before: APIApplicationCommand | undefined;
}

/** Saves a command. One that replaces another keeps its id, and its version if nothing has changed. */
export function saveCommand(
  world: World,
  form: CommandForm,
  { guildId, before }: CommandSlot,
): APIApplicationCommand {
  const definition = {
    application_id: world.bot.id,
    ...(guildId === null ? {} : { guild_id: guildId }),
    ...form,
    description: form.description ?? '',
    name_localizations: form.name_localizations ?? null,
    default_member_permissions: form.default_member_permissions ?? null,
    nsfw: form.nsfw ?? false,
    ...(guildId === null
      ? {
          integration_types: form.integration_types ?? [0],
          contexts: form.contexts ?? null,
          dm_permission: form.dm_permission ?? form.contexts?.includes(1) ?? true,
        }
      : {}),
  };
  const json = JSON.parse(JSON.stringify(definition));
  const { id, version, ...beforeDefinition } = before ?? {};
  const isSame = id !== undefined && JSON.stringify(beforeDefinition) === JSON.stringify(json);
  const command = { ...json, id: id ?? world.nextId(), version: isSame ? version : world.nextId() };
  world.commands.set(command.id, command);
  world.store.save('command', command.id, command);
  if (!isSame) emitCommandsChanged(world);
  return command;
}

/** Deletes a command. */
export function removeCommand(world: World, command: APIApplicationCommand): void {
  world.commands.delete(command.id);
  world.store.remove('command', command.id);
  emitCommandsChanged(world);
}

/** Tells the page, as Discord tells its clients. Bots get no such event. */
const emitCommandsChanged = (world: World) =>
  world.events.emit({ t: 'SANDBOX_COMMANDS', guild: null, d: null, hidden: true });

/** Returns commands without localizations, which Discord sends only on request (`with_localizations`). */
export function omitLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(omitLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, omitLocalizations(inner)]));
}
