import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { View } from '../answers/card.ts';
import { provenance } from '../answers/provenance.ts';
import { announce } from '../countdown/announcement.ts';
import type { Countdown } from '../countdown/countdown.ts';
import type { Occurrence } from '../countdown/schedule.ts';
import { clip, embedOf, LIMITS } from './limits.ts';
import { ACCENT, buttonRows } from './reply.ts';

/** The option of a post's button that carries its nonce, so that our own post can be found again in the channel. */
export const POST_MARK = 'post';

/** A post as Discord takes it: pings the chosen role and nothing else. */
export function postBody(
  view: View,
  countdown: Countdown,
  occurrence: Occurrence,
  nonce: string,
  now: Temporal.Instant,
): RESTPostAPIChannelMessageJSONBody {
  const { sentence, card } = announce(view, countdown, occurrence, now);
  const { roleId } = countdown;
  const embed = embedOf({
    title: card.title,
    sections: [
      { lines: [card.lead.text] },
      ...card.details.map(({ lines }) => ({ lines: lines.map(({ text }) => text) })),
    ],
    footer: provenance(view, card, false),
    color: ACCENT,
    more: (count) => view.language.say('card.more-lines', { count }),
  });
  const buttons = card.next.map(({ path, options = {}, label }) => ({
    verb: 'ask' as const,
    path,
    options: { ...options, [POST_MARK]: nonce },
    label,
  }));
  return {
    content: clip(roleId ? `<@&${roleId}> ${sentence}` : sentence, LIMITS.content),
    embeds: [embed],
    components: buttonRows([buttons]),
    allowed_mentions: roleId ? { parse: [], roles: [roleId] } : { parse: [] },
    nonce,
    enforce_nonce: true,
  };
}
