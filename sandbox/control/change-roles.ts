import { setRoles, updateRole } from '../world/members.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { findMemberByName, requireGuildByName, requireRole, sumPermissions } from './find-by-name.ts';
import type { ParsedWorldChange } from './world-change.ts';

/** Changes roles, and who has them. Throws a ControlError for what cannot be changed. */
export function changeRoles(world: World, { changeRole, memberRoles }: ParsedWorldChange): void {
  if (changeRole) {
    const guild = requireGuildByName(world, changeRole.guild);
    updateRole(world, guild, requireRole(guild, changeRole.role), {
      mentionable: changeRole.mentionable,
      permissions: changeRole.permissions && sumPermissions(changeRole.permissions),
    });
  }
  if (memberRoles) {
    const guild = requireGuildByName(world, memberRoles.guild);
    const reference = memberRoles.member ?? world.bot.id;
    const member = findMemberByName(guild, reference);
    if (!member) throw new ControlError(`There is no member ${reference} in ${guild.name}.`, 404);
    const roles = memberRoles.roles.map((role) => requireRole(guild, role).id);
    setRoles(world, guild, { member, roles });
  }
}
