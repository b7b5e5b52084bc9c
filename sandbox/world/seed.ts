import { addGuild } from './guilds.ts';
import { addMember, addRole } from './members.ts';
import { createUser, saveUser, type World } from './world.ts';

/**
 * The world at the beginning: one server with an owner, a member who may not manage it, a role that may be mentioned
 * and one that may not.
 */
export function seedWorld(world: World): void {
  world.store.transaction(() => {
    const owner = createUser(world.nextId(), 'winston', false);
    saveUser(world, owner);
    const guild = addGuild(world, 'The Continental', owner.id, ['general', 'announcements', 'releases']);
    addMember(world, guild, 'john', []);
    addRole(world, guild, 'High Table', true, 0n);
    addRole(world, guild, 'Ruska Roma', false, 0n);
  });
}
