import { MessageFlags } from 'discord-api-types/v10';
import type { View } from '../../src/answers/card.ts';
import type { Countdown } from '../../src/countdown/countdown.ts';
import type { UpcomingPost } from '../../src/countdown/forecast.ts';
import { postName } from '../../src/countdown/names.ts';
import { parseMilestones } from '../../src/countdown/parse-input.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { channelMention, quote, timestamp } from '../../src/discord/message/format.ts';
import { type Choice, clip, LIMITS } from '../../src/discord/message/limits.ts';
import { buttonRows, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { canAttachFiles } from '../../src/discord/permissions.ts';
import { createPost, drawFile } from '../../src/discord/posting/countdown-message.ts';
import type { Language } from '../../src/i18n/translator.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPageFrame } from '../../src/interactions/pagination.ts';
import { search } from '../../src/lib/search.ts';
import type { Services } from '../services.ts';
import { findNamed, type NamedCountdown } from './countdown-option.ts';
import { newsPreview } from './follow/news-preview.ts';
import { createOutlook, createPostView, dateNotes, nextLine, type Outlook, silentLine } from './outlook.ts';

/** Which of the upcoming posts to show: one that was picked, or one after the other. */
export interface PreviewChoice {
  milestone?: string | undefined;
  page?: string | undefined;
}

type PreviewServices = Pick<Services, 'progress' | 'settings' | 'lookUpAccess' | 'drawPicture'>;

/**
 * Returns an upcoming post of a countdown as it will be posted, by today's facts, one a page. Mentions are shown, but the reply
 * lists none, so they ping nobody.
 */
export async function previewReply(
  services: PreviewServices,
  context: Context,
  guild: Guild,
  { name, ...state }: NamedCountdown,
  { milestone, page }: PreviewChoice,
): Promise<Reply> {
  const { say } = context.language;
  const view = currentView(context);
  const { id, channelId } = state.countdown;
  const access = await services.lookUpAccess(guild.id, [channelId]);
  const outlook = await createOutlook(services, context, state, access);
  const { countdown, upcoming } = outlook;
  if (countdown.follow) return newsPreview(context, name, outlook);
  if (upcoming.length === 0) return ephemeralText(`${name}: ${nextLine(view, outlook)}`);
  const chosen = milestone === undefined ? upcoming : upcoming.filter((post) => isChosen(post, milestone));
  const frame = createPageFrame(
    context.language,
    {
      title: say('countdown.preview.title', { name }),
      pages: chosen.length,
      requested: Number(page),
    },
    (number) => ({ verb: 'press', path: 'countdown/preview', options: { countdown: id, page: number } }),
  );
  const shown = chosen[frame.page - 1];
  if (!shown) return ephemeralText(say('countdown.preview.none', { typed: quote(milestone ?? '') }));

  const postView = createPostView(context, countdown);
  const { body, picture } = createPost(postView, countdown, shown.occurrence, 'preview', shown.at);
  const showsPictures = !countdown.pictureOff && (await services.settings.showsPictures(guild.id));
  const permissions = access?.bot.channels.get(channelId);
  const lacksFiles = showsPictures && permissions !== undefined && !canAttachFiles(permissions);
  const file = showsPictures && !lacksFiles ? await drawFile(services.drawPicture, picture) : undefined;
  const lines = [
    ...introLines(view, outlook, frame.title),
    ...(lacksFiles ? [say('countdown.preview.no-files', { channel: channelMention(channelId) })] : []),
    ...(shown.occurrence.isLive ? [say('countdown.preview.live')] : []),
    ...(countdown.publish ? [say('countdown.added.published')] : []),
    '',
    headingOf(context.language, countdown, shown),
    `> ${body.content}`,
  ];
  return {
    content: clip(lines.join('\n'), LIMITS.content),
    components: [...body.components, ...buttonRows([frame.buttons])],
    ...(file && { files: [file] }),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

function introLines(view: View, outlook: Outlook, title: string): string[] {
  const { say } = view.language;
  const silent = silentLine(view, outlook);
  const { blockers, notes } = outlook.problems;
  const reasons = silent ? [silent] : blockers;
  return [
    title,
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
