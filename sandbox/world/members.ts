import {
  type APIGuildMember,
  type APIRole,
  type APIUser,
  GatewayDispatchEvents,
  type GuildMemberFlags,
  type RoleFlags,
} from 'discord-api-types/v10';
import type { Guild } from './types.ts';
import { createUser, saveGuild, saveUser, type World } from './world.ts';

/** A role that is not in a guild yet. */
export function createRole(id: string, name: string, position: number, permissions: bigint): APIRole {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: String(permissions),
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
  };
}

/** A member that is not in a guild yet: the user `userId`, who is made if there is none. */
export function createMemberById(
  world: World,
  userId: string,
  name: string,
  roles: string[],
): APIGuildMember {
  let user = world.users.get(userId);
  if (!user) {
    user = createUser(userId, name, false);
    saveUser(world, user);
  }
  return createMember(user, roles, String(world.clock.now()));
}

/** A user as a member, as Discord has one of whom nothing special is known. */
export const createMember = (user: APIUser, roles: string[], joinedAt: string): APIGuildMember => ({
  user,
  nick: null,
  avatar: null,
  banner: null,
  roles,
  joined_at: joinedAt,
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0 as GuildMemberFlags,
  pending: false,
  communication_disabled_until: null,
});

/** A new role without members. */
export function addRole(
  world: World,
  guild: Guild,
  name: string,
  mentionable: boolean,
  permissions: bigint,
): APIRole {
  const role = { ...createRole(world.nextId(), name, guild.roles.length, permissions), mentionable };
  guild.roles.push(role);
  saveGuild(world, guild);
  const d = { guild_id: guild.id, role };
  world.events.emit({ t: GatewayDispatchEvents.GuildRoleCreate, guild, d });
  return role;
}

/** Removes a role from the server and from its members. */
export function deleteRole(world: World, guild: Guild, role: APIRole): void {
  guild.roles = guild.roles.filter((other) => other.id !== role.id);
  for (const member of guild.members) member.roles = member.roles.filter((id) => id !== role.id);
  saveGuild(world, guild);
  const d = { guild_id: guild.id, role_id: role.id };
  world.events.emit({ t: GatewayDispatchEvents.GuildRoleDelete, guild, d });
}

/** A new member, who is a new user unless `userId` is known. */
export function addMember(
  world: World,
  guild: Guild,
  name: string,
  roles: string[],
  userId?: string,
): APIGuildMember {
  const member = createMemberById(world, userId ?? world.nextId(), name, roles);
  guild.members.push(member);
  saveGuild(world, guild);
  const d = { ...member, guild_id: guild.id };
  world.events.emit({ t: GatewayDispatchEvents.GuildMemberAdd, guild, d });
  return member;
}
