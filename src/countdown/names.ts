import type { View } from '../answers/card.ts';
import type { Language } from '../i18n/translator.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import { releaseName } from './countable-releases.ts';
import type { Countdown } from './countdown.ts';
import type { Occurrence } from './schedule.ts';

/** Returns a name such as "Ballerina (Cinemas, United States)", not escaped; the slot's id where the facts no longer have it. */
export function countdownLabel(view: View, { own, release, anniversary }: Countdown): string {
  const { say, date } = view.language;
  if (own) return say('countdown.own', { title: own.title, date: date(own.date) });
  const known = view.snapshot.get(release);
  const name = known?.kind === 'release' ? releaseName(view, known) : release;
  return anniversary ? say('countdown.anniversary-of', { name }) : name;
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

/** Returns what a post is: "7 days left", "the day itself", "the new date". */
export function postName({ say }: Language, { kind, daysBefore }: Occurrence): string {
  if (kind === 'moved' || kind === 'dated') return say('countdown.notice');
  return say('countdown.milestone', { days: daysBefore });
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
