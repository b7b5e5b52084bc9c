import type { Countdown } from '../../src/countdown/countdown.ts';
import { followedText } from '../../src/countdown/follow/follow-names.ts';
import { dateInWords } from '../../src/countdown/names.ts';
import { formatMilestones } from '../../src/countdown/parse-input.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { localeName } from '../../src/discord/locales.ts';
import { channelMention, quote, roleMention } from '../../src/discord/message/format.ts';
import type { Language } from '../../src/i18n/translator.ts';

/** What an edit can change, with how it reads; undefined where the countdown has none. */
const ASPECTS = {
  title: (_, { own }) => own && quote(own.title),
  date: (language, { own }) => own && dateInWords(language, own),
  channel: (_, { channelId }) => channelMention(channelId),
  time: (_, { time }) => time,
  timezone: (_, { timeZone }) => zoneLabel(timeZone),
  milestones: (_, { follow, milestones, minutesBefore = [] }) =>
    follow ? undefined : formatMilestones({ days: milestones, minutes: minutesBefore }),
  role: (_, { roleId }) => roleId && roleMention(roleId),
  language: (language, { locale }) => localeName(language, locale),
  what: (language, { follow }) => follow && followedText(language, follow),
  digest: ({ say }, { follow }) =>
    follow && say(follow.digest ? 'countdown.change.weekly' : 'countdown.change.daily'),
  sentence: (_, { sentence }) => sentence && quote(sentence),
  colour: (_, { colour }) => colour,
  keep: ({ say }, { keep, follow }) => (follow ? undefined : say(`countdown.keep.${keep ?? 'all'}`)),
  live: ({ say }, { live }) => live && say('countdown.change.live-on'),
  picture: ({ say }, { pictureOff }) => pictureOff && say('countdown.change.no-picture'),
} as const satisfies Record<string, (language: Language, countdown: Countdown) => string | undefined>;

/** Returns what differs between two versions of a countdown, one line each: "Time of the posts: 09:00 → 15:30". */
export function changeLines(language: Language, before: Countdown, after: Countdown): string[] {
  const { say } = language;
  const none = say('countdown.change.none');
  return Object.entries(ASPECTS).flatMap(([name, read]) => {
    const [was, is] = [read(language, before), read(language, after)];
    const what = say(`countdown.change.${name as keyof typeof ASPECTS}`);
    return was === is ? [] : [say('countdown.change.line', { what, before: was ?? none, after: is ?? none })];
  });
}
