import { MessageFlags } from 'discord-api-types/v10';
import type { Countdown } from '../../src/countdown/countdown.ts';
import type { UpcomingPost } from '../../src/countdown/forecast.ts';
import { postName } from '../../src/countdown/names.ts';
import { type Choice, clip, fitEmbeds, LIMITS } from '../../src/discord/message/limits.ts';
import { ephemeralText, quote, type Reply } from '../../src/discord/message/reply.ts';
import { postBody } from '../../src/discord/posting/countdown-message.ts';
import type { Context } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { search } from '../../src/lib/search.ts';
import { type Chosen, findChosen } from './countdown-option.ts';
import { createOutlook, nextLine, silentLine } from './outlook.ts';
import { timestamp } from './replies.ts';

/** So many posts are shown unless one is chosen. */
const MOST_SHOWN = 3;

/**
 * The next posts of a countdown, made by the function that makes the posts, as the facts stand today. Mentions are shown; in
 * an answer that lists none they ping nobody.
 */
export async function previewReply(
  context: Context,
  { countdown, progress, name }: Chosen,
  milestone: string | undefined,
): Promise<Reply> {
  const { say } = context.language;
  const view = today(context);
  const outlook = await createOutlook(context, { countdown, progress });
  const { comings } = outlook;
  if (comings.length === 0) return ephemeralText(`${name}: ${nextLine(context, view, outlook)}`);
  const chosen = milestone === undefined ? comings : comings.filter((one) => isMeant(one, milestone));
  if (chosen.length === 0)
    return ephemeralText(say('countdown.preview.none', { typed: quote(milestone ?? '') }));

  const shown = chosen.slice(0, MOST_SHOWN);
  const posts = shown.map((coming) => ({ coming, body: bodyOf(context, countdown, coming) }));
  const silent = silentLine(context, view, outlook);
  const lines = [
    say('countdown.preview.title', { name }),
    ...(countdown.pausedAt ? [say('countdown.preview.paused')] : []),
    ...(silent ? [say('countdown.preview.silent', { why: silent })] : []),
    ...posts.flatMap(({ coming, body }) => ['', heading(context, countdown, coming), `> ${body.content}`]),
    '',
    ...(chosen.length > shown.length
      ? [say('countdown.preview.more', { count: chosen.length - shown.length })]
      : []),
    ...(countdown.publish ? [say('countdown.added.published')] : []),
  ];
  const embeds = posts.flatMap(({ body }) => body.embeds);
  const [first] = posts;
  return {
    content: clip(lines.join('\n'), LIMITS.content),
    embeds: fitEmbeds(embeds),
    ...(posts.length === 1 && first && { components: first.body.components }),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

/** As it will be: by what is known today, in the language of the posts, written for the instant at which it is posted. */
function bodyOf(
  { facts, catalogue, today: day }: Context,
  countdown: Countdown,
  { occurrence, at }: UpcomingPost,
) {
  const view = {
    facts,
    snapshot: facts.asOf(day),
    language: catalogue.in(countdown.locale),
    spoilers: false,
  };
  return postBody(view, countdown, occurrence, 'preview', at);
}

function heading({ language }: Context, countdown: Countdown, { occurrence, at }: UpcomingPost): string {
  return language.say('countdown.preview.post', {
    what: postName(language, occurrence),
    channel: `<#${countdown.channelId}>`,
    local: localTime(language, countdown, at),
    zone: countdown.timeZone,
    when: timestamp(at),
  });
}

/** "May 7, 2025, 09:00" where the countdown is at home. */
function localTime(language: Context['language'], { timeZone }: Countdown, at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${language.date(local.toPlainDate().toString())}, ${time}`;
}

/** The value of a post in a list of choices: what of its key tells it from the others of its countdown. */
const placeOf = ({ occurrence: { key } }: UpcomingPost) => key.slice(key.indexOf('/') + 1);

function isMeant(coming: UpcomingPost, typed: string): boolean {
  const { kind, daysBefore } = coming.occurrence;
  const isNotice = kind === 'moved' || kind === 'dated';
  return placeOf(coming) === typed || (!isNotice && String(daysBefore) === typed);
}

/** The posts to choose from, once the countdown is chosen. */
export async function previewChoices(
  typed: string,
  options: Readonly<Record<string, string>>,
  context: Context,
): Promise<Choice[]> {
  const chosen = await findChosen(context, options['countdown'] ?? '');
  if (!chosen) return [];
  const { comings } = await createOutlook(context, chosen);
  const { language } = context;
  const choices = comings.map((coming) => {
    const what = postName(language, coming.occurrence);
    const name = language.say('countdown.preview.choice', {
      what,
      local: localTime(language, chosen.countdown, coming.at),
    });
    return { name, value: placeOf(coming), names: [name] };
  });
  return search(choices, typed);
}
