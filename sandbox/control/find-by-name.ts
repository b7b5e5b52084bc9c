import type { APIGuildMember, APIRole } from 'discord-api-types/v10';
import { findGuildOfChannel, type GuildChannel } from '../world/channels.ts';
import { parsePermission } from '../world/permissions.ts';
import type { Channel, Guild } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';

/** What a reference is compared with. */
interface Identity {
  readonly id: string;
  readonly names: readonly (string | null)[];
}

/** Finds by id, by mention, or by name in any case, with or without # or @. An id goes before a name. */
function findByNameOrId<T>(
  items: readonly T[],
  reference: string,
  identify: (item: T) => Identity,
): T | undefined {
  const key = reference.replace(/^<[@#][!&]?(\d+)>$/, '$1').replace(/^[#@]/, '');
  const isSame = (name: string | null) => name?.replace(/^@/, '').toLowerCase() === key.toLowerCase();
  return (
    items.find((item) => identify(item).id === key) ?? items.find((item) => identify(item).names.some(isSame))
  );
}

const identifyNamed = ({ id, name }: { readonly id: string; readonly name: string }): Identity => ({
  id,
  names: [name],
});

/** Returns a guild by name or id, or the first one when `reference` is undefined. Throws when there is none. */
export function requireGuildByName(world: World, reference: string | undefined): Guild {
  const guilds = [...world.guilds.values()];
  const guild = reference === undefined ? guilds[0] : findByNameOrId(guilds, reference, identifyNamed);
  if (!guild) throw new ControlError(`There is no server ${reference ?? 'in this world'}.`, 404);
  return guild;
}

/** Finds a channel of a guild by name or id. */
export function findChannelByName(guild: Guild, reference: string): Channel | undefined {
  return findByNameOrId(guild.channels, reference, identifyNamed);
}

/** Finds a role of a guild by name or id. */
export function findRoleByName(guild: Guild, reference: string): APIRole | undefined {
  return findByNameOrId(guild.roles, reference, identifyNamed);
}

/** Finds a member of a guild by nickname, user name, display name or id. */
export function findMemberByName(guild: Guild, reference: string): APIGuildMember | undefined {
  return findByNameOrId(guild.members, reference, ({ nick, user }) => ({
    id: user.id,
    names: [nick ?? null, user.username, user.global_name],
  }));
}

/** Returns a channel by id in any guild, or by name in one guild. Throws when there is none. */
export function requireChannelByName(
  world: World,
  reference: { readonly channel: string; readonly guild?: string | undefined },
): GuildChannel {
  const byId = world.channels.get(reference.channel);
  const guild = (byId && findGuildOfChannel(world, byId)) ?? requireGuildByName(world, reference.guild);
  const channel = byId ?? findChannelByName(guild, reference.channel);
  if (!channel) throw new ControlError(`There is no channel ${reference.channel} in ${guild.name}.`, 404);
  return { guild, channel };
}

/** Returns a role of a guild by name or id. Throws when there is none. */
export function requireRole(guild: Guild, reference: string): APIRole {
  const role = findRoleByName(guild, reference);
  if (!role) throw new ControlError(`There is no role ${reference} in ${guild.name}.`, 404);
  return role;
}

/** Returns the bits of permissions by their names. Throws for an unknown one. */
export const sumPermissions = (names: readonly string[]): bigint =>
  names.reduce((sum, name) => sum | requirePermission(name), 0n);

/** Returns the bit of a permission by its name. Throws when there is none. */
export function requirePermission(name: string): bigint {
  const permission = parsePermission(name);
  if (permission === undefined) throw new ControlError(`There is no permission ${name}.`);
  return permission;
}
