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

/** What sets one role apart from another. */
interface RoleOptions {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly permissions: bigint;
}

/** Creates a role, without adding it to a guild. */
export function createRole({ id, name, position, permissions }: RoleOptions): APIRole {
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

/** Creates a member, without adding it to a guild. */
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

/** Who becomes a member. A user that does not exist yet is created with `name`. */
export interface MemberOptions {
  readonly userId: string;
  readonly name: string;
  /** Ids of roles. */
  readonly roles: string[];
}

/** Creates a member who joins now, without adding it to a guild. */
export function createJoiningMember(world: World, { userId, name, roles }: MemberOptions): APIGuildMember {
  let user = world.users.get(userId);
  if (!user) {
    user = createUser(userId, name, false);
    saveUser(world, user);
  }
  return createMember(user, roles, String(world.clock.now()));
}

/** Adds a role without members to a guild. */
export function addRole(
  world: World,
  guild: Guild,
  options: { readonly name: string; readonly mentionable: boolean; readonly permissions: bigint },
): APIRole {
  const { name, mentionable, permissions } = options;
  const position = guild.roles.length;
  const role = { ...createRole({ id: world.nextId(), name, position, permissions }), mentionable };
  guild.roles.push(role);
  saveGuild(world, guild);
  const d = { guild_id: guild.id, role };
  world.events.emit({ t: GatewayDispatchEvents.GuildRoleCreate, guild, d });
  return role;
}

/** A new state of a role. What is undefined does not change. */
interface RoleChange {
  readonly mentionable?: boolean | undefined;
  readonly permissions?: bigint | undefined;
}

/** Changes a role. */
export function updateRole(world: World, guild: Guild, role: APIRole, change: RoleChange): void {
  const { mentionable = role.mentionable, permissions = role.permissions } = change;
  const updated = { ...role, mentionable, permissions: String(permissions) };
  guild.roles = guild.roles.map((other) => (other.id === role.id ? updated : other));
  saveGuild(world, guild);
  const d = { guild_id: guild.id, role: updated };
  world.events.emit({ t: GatewayDispatchEvents.GuildRoleUpdate, guild, d });
}

/** Deletes a role, and removes it from all members. */
export function deleteRole(world: World, guild: Guild, role: APIRole): void {
  guild.roles = guild.roles.filter((other) => other.id !== role.id);
  for (const member of guild.members) member.roles = member.roles.filter((id) => id !== role.id);
  saveGuild(world, guild);
  const d = { guild_id: guild.id, role_id: role.id };
  world.events.emit({ t: GatewayDispatchEvents.GuildRoleDelete, guild, d });
}

/** Gives a member these roles, by their ids, in place of all others. Roles that Discord manages stay with their member. */
export function setRoles(
  world: World,
  guild: Guild,
  { member, roles }: { readonly member: APIGuildMember; readonly roles: readonly string[] },
): void {
  const managed = guild.roles.filter(({ managed, id }) => managed && member.roles.includes(id));
  member.roles = [...new Set([...managed.map(({ id }) => id), ...roles])];
  updateMember(world, guild, member);
}

/** Saves a changed member and publishes the change. */
function updateMember(world: World, guild: Guild, member: APIGuildMember): void {
  saveGuild(world, guild);
  world.events.emit({
    t: GatewayDispatchEvents.GuildMemberUpdate,
    guild,
    d: { ...member, guild_id: guild.id },
    isOwnMember: member.user.id === world.bot.id,
  });
}

/** Sets when the time-out of a member ends; null ends it now. */
export function setTimeoutEnd(
  world: World,
  guild: Guild,
  { member, until }: { readonly member: APIGuildMember; readonly until: string | null },
): void {
  member.communication_disabled_until = until;
  updateMember(world, guild, member);
}

/** Adds a new user to a guild. */
export function addMember(
  world: World,
  guild: Guild,
  options: Pick<MemberOptions, 'name' | 'roles'>,
): APIGuildMember {
  const member = createJoiningMember(world, { ...options, userId: world.nextId() });
  guild.members.push(member);
  saveGuild(world, guild);
  const d = { ...member, guild_id: guild.id };
  world.events.emit({ t: GatewayDispatchEvents.GuildMemberAdd, guild, d });
  return member;
}
