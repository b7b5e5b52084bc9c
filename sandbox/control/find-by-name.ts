import type { APIGuildMember, APIRole } from 'discord-api-types/v10';
import type { Channel, Guild } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';

/** The one thing that a script means by a name (with or without # or @, in any case) or an id. */
function findByNameOrId<T>(
  things: readonly T[],
  said: string,
  id: (thing: T) => string,
  names: (thing: T) => (string | null)[],
) {
  const plain = said.replace(/^<[@#][!&]?(\d+)>$/, '$1').replace(/^[#@]/, '');
  const same = (name: string | null) => name?.replace(/^@/, '').toLowerCase() === plain.toLowerCase();
  return things.find((thing) => id(thing) === plain) ?? things.find((thing) => names(thing).some(same));
}

/** A guild by name or id; without either the first. */
export function findGuild(world: World, said: string | undefined): Guild {
  const guilds = [...world.guilds.values()];
  const guild =
    said === undefined
      ? guilds[0]
      : findByNameOrId(
          guilds,
          said,
          (one) => one.id,
          (one) => [one.name],
        );
  if (!guild) throw new ControlError(`There is no server ${said ?? 'in this world'}.`, 404);
  return guild;
}

/** A channel of a guild by name or id. */
export function findChannel(guild: Guild, said: string): Channel | undefined {
  return findByNameOrId(
    guild.channels,
    said,
    (one) => one.id,
    (one) => [one.name],
  );
}

/** A role of a guild by name or id. */
export function findRole(guild: Guild, said: string): APIRole | undefined {
  return findByNameOrId(
    guild.roles,
    said,
    (one) => one.id,
    (one) => [one.name],
  );
}

/** A member of a guild by any of the names shown, or id. */
export function findMember(guild: Guild, said: string): APIGuildMember | undefined {
  return findByNameOrId(
    guild.members,
    said,
    (one) => one.user.id,
    (one) => [one.nick ?? null, one.user.username, one.user.global_name],
  );
}
