import { ephemeralText, type Reply } from '../discord/message/reply.ts';
import { canManageServer } from '../discord/permissions.ts';
import type { Context, Guild } from './context.ts';

/**
 * Calls `run` for members with Manage Server; replies with a refusal to others. Discord checks this for the command itself, but
 * a server may override that, and the user of a button or a modal may have lost the permission since.
 */
export function requireManageServer<T>(
  { guild, language }: Context,
  run: (guild: Guild) => Promise<Reply | T>,
): Promise<Reply | T> | Reply {
  if (!guild) return ephemeralText(language.say('problem.servers-only'));
  if (!canManageServer(guild.permissions)) return ephemeralText(language.say('problem.manage-server'));
  return run(guild);
}
