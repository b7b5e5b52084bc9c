import { notAfter, postInstantOn } from '../../src/countdown/local-time.ts';
import { dateInWords } from '../../src/countdown/names.ts';
import type { Moment } from '../../src/countdown/read-date.ts';
import { channelMention, roleMention } from '../../src/discord/message/format.ts';
import {
  canMentionAnyRole,
  canPostInLockedThread,
  canReadHistory,
  isAdministrator,
  missingPostPermissions,
  POSTABLE_CHANNEL_TYPES,
} from '../../src/discord/permissions.ts';
import type { ChannelProblem } from '../../src/discord/rest/bot-permissions.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { channelProblemLine } from './access.ts';

/** Returns why the bot could not post in a channel and what to do; undefined where it can, or no channel is given. */
export function findChannelProblem(
  { channels, language }: Context,
  id: string | undefined,
): string | undefined {
  const { say } = language;
  if (!id) return undefined;
  const resolved = channels.get(id);
  const channel = channelMention(id);
  if (!resolved) return say('countdown.add.unknown-channel');
  const { type, permissions, locked } = resolved;
  if (!POSTABLE_CHANNEL_TYPES.includes(type)) return say('countdown.add.wrong-channel', { channel });
  if (permissions === null) return undefined;
  const missing = missingPostPermissions(permissions, type);
  const isClosed = locked && !canPostInLockedThread(permissions);
  if (missing.length === 0 && !isClosed) return undefined;
  const problem: ChannelProblem =
    missing.length > 0 ? { kind: 'missing', permissions: missing } : { kind: 'locked' };
  return `${channelProblemLine(language, id, problem)} ${say('countdown.add.unchanged')}`;
}

/**
 * Returns why a member may not have a role mentioned: nobody can use the bot for a mention that they could not make. `permissions` are
 * those of the member where the role would be mentioned; undefined if Discord did not say.
 */
export function findRoleProblem(
  { roles, language }: Context,
  guild: Guild,
  id: string | undefined,
  permissions: bigint | undefined,
): string | undefined {
  if (!id) return undefined;
  const role = roles.get(id);
  if (!role || id === guild.id) return language.say('countdown.add.everyone');
  if (role.mentionable || isAdministrator(guild.permissions)) return undefined;
  if (permissions === undefined) return language.say('countdown.add.role-later', { role: roleMention(id) });
  if (canMentionAnyRole(permissions)) return undefined;
  return language.say('countdown.add.role', { role: roleMention(id) });
}

/** Returns why a date cannot be counted to: it must lie ahead in the countdown's zone, or be today, and within ten years. */
export function findDateProblem(
  { now, language }: Context,
  moment: Moment | undefined,
  timeZone: string,
): string | undefined {
  if (!moment) return undefined;
  const { date, time } = moment;
  if (time && notAfter(postInstantOn(date, { timeZone, time }), now))
    return language.say('countdown.add.time-past', { date: dateInWords(language, moment) });
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const latest = today.add({ years: MAX_YEARS_AHEAD });
  if (Temporal.PlainDate.compare(date, today) < 0)
    return language.say('countdown.add.date-past', { date: language.date(date) });
  if (Temporal.PlainDate.compare(date, latest) > 0)
    return language.say('countdown.add.date-far', {
      date: language.date(date),
      latest: language.date(latest.toString()),
    });
  return undefined;
}

/** Returns why a countdown cannot have such milestones: only a date with an hour has hours and minutes before it. */
export function findMilestoneProblem(
  { language }: Context,
  own: { time?: string | undefined } | undefined,
  minutes: readonly number[] | undefined,
): string | undefined {
  const hasHour = own?.time !== undefined;
  return hasHour || !minutes || minutes.length === 0 ? undefined : language.say('countdown.add.hours');
}

/** A date farther ahead is taken for a typo. */
const MAX_YEARS_AHEAD = 10;

/** Returns what an admin should know of the channel, though the countdown works. */
export function channelRemarks(
  { channels, language: { say } }: Context,
  { channelId, publish }: { channelId: string; publish?: boolean | undefined },
): string[] {
  const permissions = channels.get(channelId)?.permissions ?? null;
  return [
    ...(publish ? [say('countdown.added.published')] : []),
    ...(permissions !== null && !canReadHistory(permissions) ? [say('countdown.added.history')] : []),
  ];
}
