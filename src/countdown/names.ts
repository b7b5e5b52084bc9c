import type { View } from '../answers/card.ts';
import type { Day } from '../facts/dates.ts';
import type { Language } from '../i18n/translator.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import { releaseName } from './countable-releases.ts';
import type { Countdown, OwnDate } from './countdown.ts';
import { followLabel } from './follow/follow-names.ts';
import type { Occurrence } from './occurrence.ts';

/** Returns a name such as "Ballerina (Cinemas, United States)", not escaped; the slot's id where the facts no longer have it. */
export function countdownLabel(view: View, { own, follow, release, anniversary }: Countdown): string {
  const { say } = view.language;
  if (follow) return followLabel(view, follow);
  if (own) return ownDateLabel(view.language, own);
  const known = view.snapshot.get(release);
  const name = known?.kind === 'release' ? releaseName(view, known) : release;
  return anniversary ? say('countdown.anniversary-of', { name }) : name;
}

/** Returns a server's own date, not escaped: "Watch party – December 24, 2026, 20:00". */
export function ownDateLabel(language: Language, { title, date, time }: OwnDate): string {
  return language.say('countdown.own', { title, date: dateInWords(language, { date, time }) });
}

/** Returns a day in words, with its local time where it has one: "December 24, 2026, 20:00". */
export function dateInWords(
  language: Language,
  { date, time }: { date: Day; time?: string | undefined },
): string {
  const day = language.date(date);
  return time ? language.say('countdown.day-and-time', { day, time }) : day;
}

/** Returns the name for a message: a title that a person typed is escaped. */
export function countdownName(view: View, countdown: Countdown): string {
  const { own } = countdown;
  if (!own) return countdownLabel(view, countdown);
  return countdownLabel(view, { ...countdown, own: { ...own, title: escapeMarkdown(own.title) } });
}

/** Returns a name with its number. List and autocomplete use the same numbers, which tell two of one release apart. */
export function numbered({ say }: Language, index: number, name: string): string {
  return say('countdown.numbered', { number: index + 1, name });
}

/** Returns what a post is: "7 days left", "2 hours left", "the day itself", "the start", "the new date". */
export function postName(language: Language, occurrence: Occurrence): string {
  const { kind, daysBefore, minutesBefore, start } = occurrence;
  const { say } = language;
  if (kind === 'moved' || kind === 'dated') return say('countdown.notice');
  if (kind === 'news') return say('follow.post');
  if (minutesBefore) return say('countdown.time-left', { time: durationText(language, minutesBefore) });
  if (start && daysBefore === 0) return say('countdown.start');
  return say('countdown.milestone', { days: daysBefore });
}

/** Returns a time in words: "2 hours", "90 minutes". */
export const durationText = ({ say }: Language, minutes: number): string =>
  minutes % 60 === 0
    ? say('countdown.hours', { count: minutes / 60 })
    : say('countdown.minutes', { count: minutes });

/** Returns when a countdown to a date with an hour posts: "7 days, 1 day and 2 hours before, and when it starts". */
export function startMilestonesText(
  language: Language,
  { milestones, minutesBefore = [] }: Pick<Countdown, 'milestones' | 'minutesBefore'>,
): string {
  const { say, list } = language;
  const ahead = [
    ...milestones.filter((days) => days > 0).map((count) => say('countdown.days', { count })),
    ...minutesBefore.map((minutes) => durationText(language, minutes)),
  ];
  return say('countdown.start-milestones', {
    before: ahead.length === 0 ? 'none' : 'other',
    times: list(ahead),
    start: ahead.length > 0 && milestones.includes(0) ? 'too' : 'other',
  });
}

/** Returns when a countdown posts, from its days before: "30, 7, and 1 days before, and on the day". */
export function milestonesText({ say, list }: Language, milestones: readonly number[]): string {
  const ahead = milestones.filter((days) => days > 0);
  const isSingle = ahead.length === 1 && ahead[0] === 1;
  return say('countdown.milestones', {
    before: ahead.length === 0 ? 'none' : isSingle ? 'single' : 'other',
    days: list(ahead.map(String)),
    day: ahead.length > 0 && milestones.includes(0) ? 'too' : 'other',
  });
}
