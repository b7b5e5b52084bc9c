import { findMemberById, isBotMember } from './guilds.ts';
import type { World } from './world.ts';

/** Why nothing of the bot reaches a user; undefined where it does. Without a common server it needs the user's own install. */
export function findDirectMessageError(
  world: World,
  userId: string,
): 'closedDirect' | 'noMutualGuilds' | undefined {
  const meets = [...world.guilds.values()].some(
    (guild) => isBotMember(guild) && findMemberById(guild, userId),
  );
  if (!meets && !world.settings.installedBy.includes(userId)) return 'noMutualGuilds';
  return world.settings.closedDirects.includes(userId) ? 'closedDirect' : undefined;
}
