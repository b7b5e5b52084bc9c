import type { Countdown } from '../../src/countdown/countdown.ts';
import { bold, channelMention, timestamp } from '../../src/discord/message/format.ts';
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
  const { problems, roleIds, timeoutUntil } = access;
  const until = timeoutUntil === undefined ? undefined : Temporal.Instant.from(timeoutUntil);
  const isTimedOut = until !== undefined && Temporal.Instant.compare(now, until) < 0;
  const problem = problems.get(channelId);
  return {
    blockers: [
      ...(isTimedOut ? [language.say('countdown.problem.timeout', { when: timestamp(until) })] : []),
      ...(problem ? [channelProblemLine(language, channelId, problem)] : []),
    ],
    notes: roleId && !roleIds.has(roleId) ? [language.say('countdown.problem.role')] : [],
  };
}
