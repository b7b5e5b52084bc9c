import { addGuild } from './guilds.ts';
import { addMember, addRole } from './members.ts';
import { createUser, saveUser, type World } from './world.ts';

/**
 * Fills a new world: one server with its owner, a member who cannot manage it, a role that can be mentioned and one
 * that cannot.
 */
export function seedWorld(world: World): void {
  world.store.transaction(() => {
    const owner = createUser(world.nextId(), 'winston', false);
    saveUser(world, owner);
    const guild = addGuild(world, {
      name: 'The Continental',
      ownerId: owner.id,
      channelNames: ['general', 'announcements', 'releases'],
    });
    addMember(world, guild, { name: 'john', roles: [] });
    addRole(world, guild, { name: 'High Table', mentionable: true, permissions: 0n });
    addRole(world, guild, { name: 'Ruska Roma', mentionable: false, permissions: 0n });
  });
}
