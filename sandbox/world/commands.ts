import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { CommandForm } from '../rules/commands.ts';
import type { World } from './world.ts';

/** The commands of one scope: global (null), or of one guild. */
export const listCommands = (world: World, guildId: string | null): APIApplicationCommand[] =>
  [...world.commands.values()].filter((command) => (command.guild_id ?? null) === guildId);

/** Sets a command. One with the same name and type keeps its id, and its version while nothing changes. */
export function upsertCommand(
  world: World,
  guildId: string | null,
  form: CommandForm,
): APIApplicationCommand {
  const before = listCommands(world, guildId).find((one) => one.name === form.name && one.type === form.type);
  return saveCommand(world, guildId, form, before);
}

/** Writes a command in the place of `before`, or as a new one. */
export function saveCommand(
  world: World,
  guildId: string | null,
  form: CommandForm,
  before: APIApplicationCommand | undefined,
): APIApplicationCommand {
  const fresh = {
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
  const json = JSON.parse(JSON.stringify(fresh));
  const { id, version, ...old } = before ?? {};
  const same = id !== undefined && JSON.stringify(old) === JSON.stringify(json);
  const command = { ...json, id: id ?? world.nextId(), version: same ? version : world.nextId() };
  world.commands.set(command.id, command);
  world.store.save('command', command.id, command);
  if (!same) emitCommandsChanged(world);
  return command;
}

/** Removes a command. */
export function removeCommand(world: World, command: APIApplicationCommand): void {
  world.commands.delete(command.id);
  world.store.remove('command', command.id);
  emitCommandsChanged(world);
}

/** Discord's own clients learn of it; a bot is not told. */
const emitCommandsChanged = (world: World) =>
  world.events.emit({ t: 'SANDBOX_COMMANDS', guild: null, d: null, hidden: true });

/** A command without its localizations, which Discord sends only when asked (`with_localizations`). */
export function omitLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(omitLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, omitLocalizations(inner)]));
}
