import { MessageFlags } from 'discord-api-types/v10';
import { latestNews } from '../../../src/countdown/follow/latest-news.ts';
import { clip, LIMITS } from '../../../src/discord/message/limits.ts';
import type { Reply } from '../../../src/discord/message/reply.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import type { Context } from '../../../src/interactions/context.ts';
import { currentView } from '../../../src/interactions/fact-subcommand.ts';
import { createPostView, nextLine, type Outlook } from '../outlook.ts';

/** Returns the next post of news as it will appear; where there is no news, the latest ones as an example. */
export function newsPreview(context: Context, name: string, outlook: Outlook): Reply {
  const { language, now, knowledge } = context;
  const { countdown, upcoming } = outlook;
  const post = upcoming[0] ?? latestNews(knowledge.facts, countdown, now);
  const { body } = post
    ? createPost(createPostView(context, countdown), countdown, post.occurrence, 'preview', now)
    : { body: undefined };
  const lines = [
    `${name}: ${nextLine(currentView(context), outlook)}`,
    ...(upcoming.length === 0 && body ? [language.say('follow.preview')] : []),
    ...(countdown.publish ? [language.say('countdown.added.published')] : []),
    ...(body ? ['', quoted(body.content)] : []),
  ];
  return {
    content: clip(lines.join('\n'), LIMITS.content),
    components: body?.components ?? [],
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

/** Returns a text as Discord shows a quotation. */
const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
