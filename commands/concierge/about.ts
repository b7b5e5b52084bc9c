import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, ephemeral, inlineCode, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/command.ts';
import { problemLine } from '../../src/lib/data-file.ts';
import { timestamp } from '../countdown/replies.ts';

/** What the bot can tell of itself: its version, its facts, how it runs, and where its rules are. */
export async function aboutReply({
  self,
  facts,
  today,
  now,
  requestedAt,
  language,
}: Context): Promise<Reply> {
  const { say, date, number } = language;
  const { newest } = facts.asOf(today);
  const { readAt, problems } = self.data();
  const [problem] = problems;
  // Discord's clock and this one may differ: an answer from before the question is one that took no time.
  const latency = Math.max(0, now.since(requestedAt).total('milliseconds'));
  // Where Discord does not answer, the rest is told all the same.
  const { privacy, terms } = await self.links().catch(() => ({ privacy: undefined, terms: undefined }));
  const pages = [
    ...(privacy ? [say('concierge.about.privacy-page', { url: privacy })] : []),
    ...(terms ? [say('concierge.about.terms-page', { url: terms })] : []),
  ];
  const embed = createEmbed({
    title: say('concierge.about.title'),
    sections: [
      { lines: [say('concierge.about.lead')] },
      {
        lines: [
          '',
          say('concierge.about.version', { version: self.version }),
          ...(newest ? [say('concierge.about.facts', { date: date(newest), read: timestamp(readAt) })] : []),
          ...(problem
            ? [
                say('concierge.about.mistake', {
                  count: problems.length,
                  problem: inlineCode(problemLine(problem)),
                }),
              ]
            : []),
          say('concierge.about.running', { since: timestamp(self.startedAt) }),
          say('concierge.about.latency', { ms: number(Math.round(latency)) }),
        ],
      },
      {
        lines: [
          '',
          say('concierge.about.privacy'),
          pages.length > 0 ? pages.join(' · ') : say('concierge.about.documents'),
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
