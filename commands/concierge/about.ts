import { inlineCode, timestamp } from '../../src/discord/message/format.ts';
import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/context.ts';
import { problemLine } from '../../src/lib/data-file.ts';
import type { BotInfo } from '../services.ts';

/** Returns the bot's version, the state of its facts, how it runs, and the links of its privacy pages. */
export async function createAboutReply(context: Context, bot: BotInfo): Promise<Reply> {
  const { say } = context.language;
  const embed = createEmbed({
    title: say('concierge.about.title'),
    sections: [
      { lines: [say('concierge.about.lead')] },
      { lines: ['', ...runLines(context, bot)] },
      {
        lines: [
          '',
          say('concierge.about.privacy'),
          await linksLine(context, bot),
          say('concierge.about.not-affiliated'),
        ],
      },
    ],
    footer: '',
    color: ACCENT,
    more: (count) => say('card.more-lines', { count }),
  });
  return ephemeral({ embeds: [embed], allowed_mentions: { parse: [] } });
}

function runLines(
  { knowledge: { facts }, today, now, requestedAt, language }: Context,
  bot: BotInfo,
): string[] {
  const { say, date, number } = language;
  const { newest, newestSource } = facts.asOf(today);
  const { readAt, problems } = bot.data();
  const [problem] = problems;
  const mistake = problem && { count: problems.length, problem: inlineCode(problemLine(problem)) };
  // Discord's clock may be ahead of this one: a negative latency is shown as none.
  const latency = Math.max(0, now.since(requestedAt).total('milliseconds'));
  return [
    say('concierge.about.version', { version: bot.version }),
    ...(newest ? [say('concierge.about.facts', { date: date(newest), read: timestamp(readAt) })] : []),
    ...(newestSource
      ? [say('concierge.about.newest-source', { ...newestSource, date: date(newestSource.date) })]
      : []),
    ...(mistake ? [say('concierge.about.mistake', mistake)] : []),
    say('concierge.about.running', { since: timestamp(bot.startedAt) }),
    say('concierge.about.latency', { ms: number(Math.round(latency)) }),
  ];
}

async function linksLine({ language: { say } }: Context, bot: BotInfo): Promise<string> {
  // Where Discord does not answer, the reply goes out without its links.
  const { privacy, terms } = await bot.links().catch(() => ({ privacy: undefined, terms: undefined }));
  const pages = [
    ...(privacy ? [say('concierge.about.privacy-page', { url: privacy })] : []),
    ...(terms ? [say('concierge.about.terms-page', { url: terms })] : []),
  ];
  return pages.length > 0 ? pages.join(' · ') : say('concierge.about.documents');
}
