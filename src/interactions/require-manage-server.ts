import { ephemeralText, type Reply } from '../discord/message/reply.ts';
import { mayManage } from '../discord/permissions.ts';
import type { Context, Guild } from './command.ts';

/**
 * Runs for those who may manage the server. Discord asks for the permission already; a server may have overruled that, and a
 * button or a form may come from someone who has lost it since, so it is asked here again.
 */
export function requireManageServer<T>(
  { guild, language }: Context,
  run: (guild: Guild) => Promise<Reply | T>,
): Promise<Reply | T> | Reply {
  if (!guild) return ephemeralText(language.say('problem.servers-only'));
  if (!mayManage(guild.permissions)) return ephemeralText(language.say('problem.manage-server'));
  return run(guild);
}
