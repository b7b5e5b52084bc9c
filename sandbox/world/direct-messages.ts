import { findMemberById, isBotMember } from './guilds.ts';
import type { World } from './world.ts';

/**
 * Returns the error for a direct message of the bot to a user; undefined when it may be sent. The user must share a server
 * with the bot, or have installed the app.
 */
export function findDirectMessageError(
  world: World,
  userId: string,
): 'closedDirect' | 'noMutualGuilds' | undefined {
  const sharesGuild = [...world.guilds.values()].some(
    (guild) => isBotMember(guild) && findMemberById(guild, userId),
  );
  if (!sharesGuild && !world.settings.installedBy.includes(userId)) return 'noMutualGuilds';
  return world.settings.closedDirects.includes(userId) ? 'closedDirect' : undefined;
}
