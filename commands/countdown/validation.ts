import {
  canReadHistory,
  mayMentionAnyRole,
  mayPostWhereLocked,
  missingForPosts,
  POSTABLE,
} from '../../src/discord/permissions.ts';
import type { Context, Guild } from '../../src/interactions/command.ts';

/** Why the bot could not post in a channel, with what to do about it; undefined where it can. */
export function findChannelProblem(
  { channels, language }: Context,
  id: string | undefined,
): string | undefined {
  const { say, list } = language;
  if (!id) return undefined;
  const chosen = channels.get(id);
  const channel = `<#${id}>`;
  if (!chosen) return say('countdown.add.unknown-channel');
  const { type, permissions, locked } = chosen;
  if (!POSTABLE.includes(type)) return say('countdown.add.wrong-channel', { channel });
  if (permissions === null) return undefined;
  const missing = missingForPosts(permissions, type).map((name) => `**${say(name)}**`);
  if (missing.length > 0) return say('countdown.add.missing', { channel, permissions: list(missing) });
  return locked && !mayPostWhereLocked(permissions) ? say('countdown.add.locked', { channel }) : undefined;
}

/** Nobody can make the bot mention a role that they could not mention themselves. */
export function findRoleProblem(
  { roles, language }: Context,
  guild: Guild,
  id: string | undefined,
): string | undefined {
  if (!id) return undefined;
  const chosen = roles.get(id);
  if (!chosen || id === guild.id) return language.say('countdown.add.everyone');
  if (chosen.mentionable || mayMentionAnyRole(guild.permissions)) return undefined;
  return language.say('countdown.add.role', { role: `<@&${id}>` });
}

/** A date is counted to from today on, in the zone of the posts. */
export function findDateProblem(
  { now, language }: Context,
  date: string | undefined,
  timeZone: string,
): string | undefined {
  if (!date) return undefined;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const latest = today.add({ years: FARTHEST_YEARS });
  if (Temporal.PlainDate.compare(date, today) < 0)
    return language.say('countdown.add.date-past', { date: language.date(date) });
  if (Temporal.PlainDate.compare(date, latest) > 0)
    return language.say('countdown.add.date-far', {
      date: language.date(date),
      latest: language.date(latest.toString()),
    });
  return undefined;
}

/** Nobody counts down farther than this, and a slip of the keyboard soon does. */
const FARTHEST_YEARS = 10;

/** What the admin should know of a channel and a role, though nothing stands in the way. */
export function remarks(
  { channels, roles, language: { say } }: Context,
  {
    channelId,
    roleId,
    publish,
  }: { channelId: string; roleId?: string | undefined; publish?: boolean | undefined },
): string[] {
  const permissions = channels.get(channelId)?.permissions ?? null;
  const role = roleId ? roles.get(roleId) : undefined;
  return [
    ...(role && !role.mentionable ? [say('countdown.added.role-silent', { role: `<@&${role.id}>` })] : []),
    ...(publish ? [say('countdown.added.published')] : []),
    ...(permissions !== null && !canReadHistory(permissions) ? [say('countdown.added.history')] : []),
  ];
}
