import type { Countdown } from '../../src/countdown/countdown.ts';
import type { UpcomingPost } from '../../src/countdown/forecast.ts';
import { postName } from '../../src/countdown/names.ts';
import { createEmbed, type Section } from '../../src/discord/message/limits.ts';
import { ACCENT, type Button, buttonRows, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/command.ts';

/** An instant in the reader's own zone and words, and how far off it is. Docs: "Reference", message formatting. */
export function timestamp(instant: Temporal.Instant): string {
  const seconds = Math.floor(instant.epochMilliseconds / 1000);
  return `<t:${seconds}:F> (<t:${seconds}:R>)`;
}

/** What will come and when, each post with its instant. */
export function upcomingLines({ language }: Context, comings: readonly UpcomingPost[]): string[] {
  return comings.map(({ occurrence }) =>
    language.say('countdown.post-line', {
      what: postName(language, occurrence),
      when: timestamp(occurrence.due),
    }),
  );
}

/** Where and when a countdown posts, and whom it mentions. */
export function orderLines({ language: { say } }: Context, countdown: Countdown): string[] {
  const { channelId, time, timeZone, milestones, roleId } = countdown;
  const where = say('countdown.where', {
    channel: `<#${channelId}>`,
    time,
    zone: timeZone,
    milestones: milestones.join(', '),
  });
  return [where, ...(roleId ? [say('countdown.role-line', { role: `<@&${roleId}>` })] : [])];
}

/** A private answer of the countdown commands. */
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
