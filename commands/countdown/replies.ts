import type { Countdown } from '../../src/countdown/countdown.ts';
import type { Follow } from '../../src/countdown/follow/follow.ts';
import { followedText } from '../../src/countdown/follow/follow-names.ts';
import type { UpcomingPost } from '../../src/countdown/forecast.ts';
import { isKnownZone, postInstantOn } from '../../src/countdown/local-time.ts';
import { milestonesText, numbered, postName, startMilestonesText } from '../../src/countdown/names.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { bold, channelMention, roleMention, timestamp } from '../../src/discord/message/format.ts';
import { createEmbed, type Section } from '../../src/discord/message/limits.ts';
import { ACCENT, type Button, buttonRows, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Day } from '../../src/facts/dates.ts';
import type { Language } from '../../src/i18n/translator.ts';
import type { Context } from '../../src/interactions/context.ts';
import { lookLines } from './look-lines.ts';
import { liveLines, postLines } from './post-lines.ts';

/** Returns a name with its number in bold, for the text of a message. The dot is escaped: Discord would start a list with it. */
export function numberedInText(language: Language, index: number, name: string): string {
  return bold(numbered(language, index, name).replace(/^(\d+)\./, '$1\\.'));
}

/** Returns the upcoming posts, one line each, with the instant of each. */
export function upcomingLines({ language }: Context, posts: readonly UpcomingPost[]): string[] {
  return posts.map(({ occurrence }) =>
    language.say('countdown.post-line', {
      what: postName(language, occurrence),
      when: timestamp(occurrence.due),
    }),
  );
}

/** Returns where and when a countdown posts, and which role it mentions. */
export function orderLines({ language }: Context, countdown: Countdown): string[] {
  const { say } = language;
  const { roleId, own, follow } = countdown;
  const where = follow
    ? [newsLine(language, countdown, follow)]
    : countdown.live
      ? liveLines(language, countdown)
      : own?.time
        ? startLines(language, countdown, own.date, own.time)
        : [whereLine(language, countdown)];
  return [
    ...where,
    ...(roleId ? [say('countdown.role-line', { role: roleMention(roleId) })] : []),
    ...lookLines(language, countdown),
    ...postLines(language, countdown),
  ];
}

function newsLine(language: Language, { channelId, time, timeZone }: Countdown, follow: Follow): string {
  return language.say('follow.where', {
    channel: channelMention(channelId),
    time,
    zone: zoneLabel(timeZone),
    digest: follow.digest ?? 'other',
    what: followedText(language, follow),
  });
}

function whereLine(language: Language, { channelId, time, timeZone, milestones }: Countdown): string {
  return language.say('countdown.where', {
    channel: channelMention(channelId),
    time,
    zone: zoneLabel(timeZone),
    milestones: milestonesText(language, milestones),
  });
}

/** Returns when a date with an hour starts, and where and when it posts. */
function startLines(language: Language, countdown: Countdown, date: Day, startTime: string): string[] {
  const { say } = language;
  const { channelId, time, timeZone, milestones } = countdown;
  const start = isKnownZone(timeZone)
    ? [say('countdown.starts', { start: timestamp(postInstantOn(date, { timeZone, time: startTime })) })]
    : [];
  const where = say('countdown.where-start', {
    channel: channelMention(channelId),
    milestones: startMilestonesText(language, countdown),
  });
  const isDaily = milestones.some((days) => days > 0);
  const days = isDaily ? [say('countdown.where-days', { time, zone: zoneLabel(timeZone) })] : [];
  return [...start, where, ...days];
}

/** Returns a reply of the countdown commands, which only the user sees. */
export function countdownReply(
  { language }: Context,
  title: string,
  sections: readonly Section[],
  buttons: readonly Button[] = [],
): Reply {
  const embed = createEmbed({
    title,
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer: '',
    color: ACCENT,
    more: (count) => language.say('card.more-lines', { count }),
  });
  return ephemeral({ embeds: [embed], components: buttonRows([buttons]), allowed_mentions: { parse: [] } });
}
