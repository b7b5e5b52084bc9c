import type { Countdown } from '../../src/countdown/countdown.ts';
import { bold, channelMention, roleMention, timestamp } from '../../src/discord/message/format.ts';
import { canMentionAnyRole } from '../../src/discord/permissions.ts';
import type { BotAccess, ChannelProblem } from '../../src/discord/rest/bot-permissions.ts';
import type { Language } from '../../src/i18n/translator.ts';

/** Returns why the bot could not post in a channel, and what to do. `add` and the lists say the same sentence. */
export function channelProblemLine(
  { say, list }: Language,
  channelId: string,
  problem: ChannelProblem,
): string {
  const channel = channelMention(channelId);
  switch (problem.kind) {
    case 'gone':
      return say('countdown.problem.gone', { channel });
    case 'missing': {
      const permissions = list(problem.permissions.map((name) => bold(say(name))));
      return say('countdown.problem.missing', { channel, permissions });
    }
    case 'locked':
      return say('countdown.problem.locked', { channel });
  }
}

/** What stands against the next post of a countdown now. */
export interface PostProblems {
  /** Why it could not be made. */
  blockers: readonly string[];
  /** What it would lack. */
  notes: readonly string[];
}

/** Returns what stands against the posts of a countdown, by what the bot may do now. */
export function findPostProblems(
  language: Language,
  { channelId, roleId }: Countdown,
  access: BotAccess | undefined,
  now: Temporal.Instant,
): PostProblems {
  if (!access) return { blockers: [], notes: [] };
  const { problems, timeoutUntil } = access;
  const until = timeoutUntil === undefined ? undefined : Temporal.Instant.from(timeoutUntil);
  const isTimedOut = until !== undefined && Temporal.Instant.compare(now, until) < 0;
  const problem = problems.get(channelId);
  return {
    blockers: [
      ...(isTimedOut ? [language.say('countdown.problem.timeout', { when: timestamp(until) })] : []),
      ...(problem ? [channelProblemLine(language, channelId, problem)] : []),
    ],
    // Where it may not post, what its mention would lack is said after that is granted.
    notes: problem && !isGoneRole(access, roleId) ? [] : findRoleNotes(language, roleId, access, channelId),
  };
}

/** Returns what the mention of a role in a channel would lack: the role is gone, or the bot cannot ping it there. */
export function findRoleNotes(
  { say }: Language,
  roleId: string | undefined,
  { roles, bot }: Pick<BotAccess, 'roles' | 'bot'>,
  channelId: string | undefined,
): string[] {
  if (!roleId) return [];
  const role = roles.get(roleId);
  if (!role) return [say('countdown.problem.role')];
  const permissions = (channelId === undefined ? undefined : bot.channels.get(channelId)) ?? bot.server;
  const canPing = role.mentionable || canMentionAnyRole(permissions);
  return canPing ? [] : [say('countdown.added.role-silent', { role: roleMention(roleId) })];
}

/** Whether the role that a countdown mentions no longer exists, as far as is known. */
const isGoneRole = (access: Pick<BotAccess, 'roles'> | undefined, roleId: string | undefined) =>
  roleId !== undefined && access !== undefined && !access.roles.has(roleId);

/** Returns the countdown without the mention of a role that no longer exists. */
export function withoutGoneRole(countdown: Countdown, access: BotAccess | undefined): Countdown {
  if (!isGoneRole(access, countdown.roleId)) return countdown;
  const { roleId: _, ...rest } = countdown;
  return rest;
}
