import { MessageFlags } from 'discord-api-types/v10';
import type { View } from '../../src/answers/card.ts';
import type { Countdown } from '../../src/countdown/countdown.ts';
import type { UpcomingPost } from '../../src/countdown/forecast.ts';
import { postName } from '../../src/countdown/names.ts';
import { parseMilestones } from '../../src/countdown/parse-input.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { channelMention, quote, timestamp } from '../../src/discord/message/format.ts';
import { type Choice, clip, fitEmbeds, LIMITS } from '../../src/discord/message/limits.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { postBody } from '../../src/discord/posting/countdown-message.ts';
import type { Language } from '../../src/i18n/translator.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { search } from '../../src/lib/search.ts';
import type { Services } from '../services.ts';
import { findNamed, type NamedCountdown } from './countdown-option.ts';
import { createOutlook, createPostView, dateNotes, nextLine, type Outlook, silentLine } from './outlook.ts';

/** So many posts are shown where no milestone is chosen. */
const MAX_SHOWN = 3;

/**
 * Returns the next posts of a countdown as they will be posted, by today's facts. Mentions are shown, but the reply lists none,
 * so they ping nobody.
 */
export async function previewReply(
  services: Pick<Services, 'progress' | 'lookUpAccess'>,
  context: Context,
  guild: Guild,
  { name, ...state }: NamedCountdown,
  milestone: string | undefined,
): Promise<Reply> {
  const { say } = context.language;
  const view = currentView(context);
  const access = await services.lookUpAccess(guild.id, [state.countdown.channelId]);
  const outlook = await createOutlook(services, context, state, access);
  const { countdown, upcoming } = outlook;
  if (upcoming.length === 0) return ephemeralText(`${name}: ${nextLine(view, outlook)}`);
  const chosen = milestone === undefined ? upcoming : upcoming.filter((post) => isChosen(post, milestone));
  if (chosen.length === 0)
    return ephemeralText(say('countdown.preview.none', { typed: quote(milestone ?? '') }));

  const postView = createPostView(context, countdown);
  const shown = chosen.slice(0, MAX_SHOWN);
  const posts = shown.map((post) => ({
    post,
    body: postBody(postView, countdown, post.occurrence, 'preview', post.at),
  }));
  const lines = [
    ...introLines(view, outlook, name),
    ...posts.flatMap(({ post, body }) => [
      '',
      headingOf(context.language, countdown, post),
      `> ${body.content}`,
    ]),
    '',
    ...(chosen.length > shown.length
      ? [say('countdown.preview.more', { count: chosen.length - shown.length })]
      : []),
    ...(countdown.publish ? [say('countdown.added.published')] : []),
  ];
  const [first] = posts;
  return {
    content: clip(lines.join('\n'), LIMITS.content),
    embeds: fitEmbeds(posts.flatMap(({ body }) => body.embeds)),
    ...(posts.length === 1 && first && { components: first.body.components }),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

function introLines(view: View, outlook: Outlook, name: string): string[] {
  const { say } = view.language;
  const silent = silentLine(view, outlook);
  const { blockers, notes } = outlook.problems;
  const reasons = silent ? [silent] : blockers;
  return [
    say('countdown.preview.title', { name }),
    ...(outlook.countdown.pausedAt ? [say('countdown.preview.paused')] : []),
    ...(reasons.length > 0 ? [say('countdown.preview.silent', { why: reasons.join(' ') })] : []),
    ...notes,
    ...dateNotes(view, outlook.countdown),
  ];
}

function headingOf(language: Language, countdown: Countdown, { occurrence, at }: UpcomingPost): string {
  return language.say('countdown.preview.post', {
    what: postName(language, occurrence),
    channel: channelMention(countdown.channelId),
    local: localTime(language, countdown, at),
    zone: zoneLabel(countdown.timeZone),
    when: timestamp(at),
  });
}

/** "May 7, 2025, 09:00", in the countdown's time zone. */
function localTime(language: Language, { timeZone }: Countdown, at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${language.date(local.toPlainDate().toString())}, ${time}`;
}

/** The value of a post in autocomplete: its key without the countdown's id. */
const choiceValue = ({ occurrence: { key } }: UpcomingPost) => key.slice(key.indexOf('/') + 1);

/** Whether the post is the chosen one, or the milestone that was typed: "7", "7d", "2h", "now". */
function isChosen(post: UpcomingPost, typed: string): boolean {
  const { kind, daysBefore, minutesBefore } = post.occurrence;
  const isNotice = kind === 'moved' || kind === 'dated';
  const { days = [], minutes = [] } = parseMilestones(typed) ?? {};
  const isTyped = minutesBefore ? minutes.includes(minutesBefore) : days.includes(daysBefore);
  return choiceValue(post) === typed || (!isNotice && isTyped);
}

/** Returns the upcoming posts of the countdown that is typed beside it, as choices. */
export async function previewChoices(
  services: Pick<Services, 'countdowns' | 'progress'>,
  typed: string,
  options: Readonly<Record<string, string>>,
  context: Context,
): Promise<Choice[]> {
  const named = await findNamed(services, context, options['countdown'] ?? '');
  if (!named) return [];
  const { upcoming } = await createOutlook(services, context, named);
  const { language } = context;
  const choices = upcoming.map((post) => {
    const what = postName(language, post.occurrence);
    const name = language.say('countdown.preview.choice', {
      what,
      local: localTime(language, named.countdown, post.at),
    });
    return { name, value: choiceValue(post), names: [name] };
  });
  return search(choices, typed);
}
