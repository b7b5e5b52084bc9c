import { MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { View } from '../../answers/card.ts';
import { provenance } from '../../answers/provenance.ts';
import { createAnnouncement } from '../../countdown/announcement.ts';
import type { Countdown } from '../../countdown/countdown.ts';
import type { UpcomingPost } from '../../countdown/forecast.ts';
import { countdownName } from '../../countdown/names.ts';
import type { Occurrence } from '../../countdown/schedule.ts';
import { timestamp } from '../message/format.ts';
import { clip, createEmbed, LIMITS } from '../message/limits.ts';
import { ACCENT, buttonRows, type Reply } from '../message/reply.ts';

/** The option of a post's buttons that carries its nonce, by which the post is found again in the channel. */
const POST_MARK = 'post';

/** A post whose content, embeds and components are set: a preview shows them. */
export type Post = RESTPostAPIChannelMessageJSONBody &
  Required<Pick<Reply, 'content' | 'embeds' | 'components'>>;

/** Returns the request body of a post. It can ping the chosen role and nothing else. */
export function postBody(
  view: View,
  countdown: Countdown,
  occurrence: Occurrence,
  nonce: string,
  now: Temporal.Instant,
): Post {
  const { sentence, card } = createAnnouncement(view, countdown, occurrence, now, timestamp);
  const { roleId, personal } = countdown;
  const text = personal ? `${sentence}\n-# ${view.language.say('remind.note')}` : sentence;
  const embed = createEmbed({
    title: card.title,
    sections: [
      { lines: [card.lead.text] },
      ...card.details.map(({ lines }) => ({ lines: lines.map(({ text }) => text) })),
    ],
    footer: provenance(view, card),
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
    content: clip(roleId ? `<@&${roleId}> ${text}` : text, LIMITS.content),
    embeds: [embed],
    components: buttonRows([buttons]),
    allowed_mentions: roleId ? { parse: [], roles: [roleId] } : { parse: [] },
    nonce,
    enforce_nonce: true,
  };
}

/**
 * Returns the request body of a test: the next post of a countdown, marked as a test. It shows the role but pings nobody, and
 * carries no nonce of a post, so a search never takes it for one.
 */
export function testBody(
  view: View,
  countdown: Countdown,
  upcoming: UpcomingPost | undefined,
): RESTPostAPIChannelMessageJSONBody {
  const { say } = view.language;
  const options = { allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressNotifications };
  const mark = say('countdown.test.mark');
  if (!upcoming) {
    const name = countdownName(view, countdown);
    return { content: `${mark}\n${say('countdown.test.waiting', { name })}`, ...options };
  }
  const {
    nonce: _,
    enforce_nonce: __,
    ...body
  } = postBody(view, countdown, upcoming.occurrence, 'test', upcoming.at);
  return { ...body, content: clip(`${mark}\n${body.content}`, LIMITS.content), ...options };
}
