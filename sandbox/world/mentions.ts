import { type APIUser, PermissionFlagsBits } from 'discord-api-types/v10';
import type { AllowedMentions } from '../rules/message.ts';
import { hasPermissions } from './permissions.ts';
import type { Guild } from './types.ts';

/** Who is pinged by a message: users, ids of roles, and whether everyone is. */
export interface MessageMentions {
  readonly users: APIUser[];
  readonly roles: string[];
  readonly everyone: boolean;
}

/** The sender's permissions, and where mentioned users and roles are looked up. */
interface MentionScope {
  readonly permissions: bigint;
  readonly guild: Guild | null;
  readonly users: ReadonlyMap<string, APIUser>;
}

/**
 * Returns who is pinged by a text: those it mentions, if `allowed` includes them (documentation: resources/message,
 * "Allowed Mentions Object"). Everyone, and roles that are not mentionable, need the permission Mention Everyone.
 */
export function resolveMentions(
  text: string,
  allowed: AllowedMentions,
  { permissions, guild, users }: MentionScope,
): MessageMentions {
  const isParsed = (kind: 'users' | 'roles' | 'everyone') => allowed.parse?.includes(kind) ?? false;
  const canPingAll = hasPermissions(permissions, PermissionFlagsBits.MentionEveryone);
  const findIds = (pattern: RegExp) => [
    ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
  ];

  return {
    users: findIds(/<@!?(\d+)>/g)
      .filter((id) => isParsed('users') || allowed.users?.includes(id))
      .flatMap((id) => users.get(id) ?? []),
    roles: findIds(/<@&(\d+)>/g).filter((id) => {
      const role = guild?.roles.find((candidate) => candidate.id === id);
      return role && (role.mentionable || canPingAll) && (isParsed('roles') || allowed.roles?.includes(id));
    }),
    everyone: guild !== null && canPingAll && isParsed('everyone') && /@(everyone|here)\b/.test(text),
  };
}
