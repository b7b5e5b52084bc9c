import { MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { CardFile, Next, View } from '../../answers/card.ts';
import { createAnnouncement } from '../../countdown/announcement.ts';
import type { Countdown } from '../../countdown/countdown.ts';
import { createNewsText } from '../../countdown/follow/news-text.ts';
import type { UpcomingPost } from '../../countdown/forecast.ts';
import { countdownName } from '../../countdown/names.ts';
import type { Occurrence } from '../../countdown/occurrence.ts';
import type { DrawPicture, PostPicture } from '../../countdown/picture.ts';
import { timestamp } from '../message/format.ts';
import { clip, LIMITS } from '../message/limits.ts';
import { type Button, buttonRows, type Reply } from '../message/reply.ts';

/** The option of a post's button that carries its nonce, by which the post is found again in the channel. */
const POST_MARK = 'post';

/** A post whose content and components are set: a preview shows them. */
type PostBody = RESTPostAPIChannelMessageJSONBody & Required<Pick<Reply, 'content' | 'components'>>;

/** A post before its picture is drawn. */
export interface Post {
  body: PostBody;
  /** Undefined for news, which has none. */
  picture: PostPicture | undefined;
}

/** Returns a post. It can ping the chosen role and nothing else. */
export function createPost(
  view: View,
  countdown: Countdown,
  occurrence: Occurrence,
  nonce: string,
  now: Temporal.Instant,
): Post {
  // The daily state of a live message is no news: it mentions nobody, not even when it is posted.
  const roleId = occurrence.isLive ? undefined : countdown.roleId;
  const { text, remind, about, link, picture } = countdown.follow
    ? { ...createNewsText(view, countdown.follow, occurrence.items ?? [], MAX_NEWS_LENGTH), ...NO_EXTRAS }
    : countdownText(view, countdown, occurrence, now);
  const buttons = [
    ...(remind ? [buttonOf(remind)] : []),
    buttonOf({ ...about, options: { ...about.options, [POST_MARK]: nonce } }),
    ...(link ? [link] : []),
  ];
  const body = {
    content: clip(roleId ? `<@&${roleId}> ${text}` : text, LIMITS.content),
    components: buttonRows([buttons]),
    allowed_mentions: roleId ? { parse: [] as [], roles: [roleId] } : { parse: [] as [] },
    nonce,
    enforce_nonce: true,
  };
  return { body, picture };
}

/** The longest text of a post of news: a mention of a role comes before it. */
const MAX_NEWS_LENGTH = LIMITS.content - 50;

/** News has neither a picture nor a button but **About**. */
const NO_EXTRAS = { remind: undefined, link: undefined, picture: undefined };

function countdownText(view: View, countdown: Countdown, occurrence: Occurrence, now: Temporal.Instant) {
  const { sentence, ...parts } = createAnnouncement(view, countdown, occurrence, now, timestamp);
  const text = countdown.personal ? `${sentence}\n-# ${view.language.say('remind.note')}` : sentence;
  return { ...parts, text };
}

const buttonOf = ({ path, options = {}, label, isPress }: Next): Button => ({
  verb: isPress ? 'press' : 'ask',
  path,
  options,
  label,
});

/** Draws the picture of a post as a file; undefined where it cannot be drawn. `name` tells apart those of one message. */
export async function drawFile(
  draw: DrawPicture,
  picture: PostPicture | undefined,
  name = 'countdown',
): Promise<CardFile | undefined> {
  if (!picture) return undefined;
  const data = await draw(picture);
  return data && { name: `${name}.png`, type: 'image/png', data, description: picture.alt };
}

/** A test; without a picture where there is nothing to show yet. */
export interface TestPost {
  body: RESTPostAPIChannelMessageJSONBody;
  picture: PostPicture | undefined;
}

/**
 * Returns a test: the next post of a countdown, marked as a test. It shows the role but pings nobody, and carries no nonce of a
 * post, so a search never takes it for one.
 */
export function createTest(view: View, countdown: Countdown, upcoming: UpcomingPost | undefined): TestPost {
  const { say } = view.language;
  const options = { allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressNotifications };
  const mark = say('countdown.test.mark');
  if (!upcoming) {
    const name = countdownName(view, countdown);
    const content = `${mark}\n${say('countdown.test.waiting', { name })}`;
    return { body: { content, ...options }, picture: undefined };
  }
  const post = createPost(view, countdown, upcoming.occurrence, 'test', upcoming.at);
  const { nonce: _, enforce_nonce: __, ...body } = post.body;
  const content = clip(`${mark}\n${body.content}`, LIMITS.content);
  return { body: { ...body, content, ...options }, picture: post.picture };
}
