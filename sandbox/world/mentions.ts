import { type APIUser, PermissionFlagsBits } from 'discord-api-types/v10';
import type { AllowedMentions } from '../rules/message.ts';
import { hasPermissions } from './permissions.ts';
import type { Guild } from './types.ts';

/** Who is pinged by a message. */
export interface MessageMentions {
  readonly users: APIUser[];
  readonly roles: string[];
  readonly everyone: boolean;
}

/**
 * Who a message pings: those its text names, whom `allowed` lets through (documentation: resources/message, "Allowed
 * Mentions Object"), and whom the sender may ping: a role that is not mentionable, and everyone, need the permission
 * Mention Everyone.
 */
export function resolveMentions(
  textShown: string,
  allowed: AllowedMentions,
  permissions: bigint,
  guild: Guild | null,
  users: ReadonlyMap<string, APIUser>,
): MessageMentions {
  const parse = (kind: 'users' | 'roles' | 'everyone') => allowed.parse?.includes(kind) ?? false;
  const mayPingAll = hasPermissions(permissions, PermissionFlagsBits.MentionEveryone);
  const named = (pattern: RegExp) => [
    ...new Set([...textShown.matchAll(pattern)].map((match) => match[1] ?? '')),
  ];

  return {
    users: named(/<@!?(\d+)>/g)
      .filter((id) => parse('users') || allowed.users?.includes(id))
      .flatMap((id) => users.get(id) ?? []),
    roles: named(/<@&(\d+)>/g).filter((id) => {
      const role = guild?.roles.find((one) => one.id === id);
      return role && (role.mentionable || mayPingAll) && (parse('roles') || allowed.roles?.includes(id));
    }),
    everyone: guild !== null && mayPingAll && parse('everyone') && /@(everyone|here)\b/.test(textShown),
  };
}
