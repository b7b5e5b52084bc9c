import type { View } from '../answers/card.ts';
import type { Language } from '../i18n/translator.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import { releaseName } from './countable-releases.ts';
import type { Countdown } from './countdown.ts';
import type { Occurrence } from './schedule.ts';

/** "Ballerina (Cinemas, United States)"; the slot's id where today's facts no longer have it. For where nothing is formatted. */
export function countdownLabel(view: View, { own, release, anniversary }: Countdown): string {
  const { say, date } = view.language;
  if (own) return say('countdown.own', { title: own.title, date: date(own.date) });
  const known = view.snapshot.get(release);
  const name = known?.kind === 'release' ? releaseName(view, known) : release;
  return anniversary ? say('countdown.anniversary-of', { name }) : name;
}

/** The same for a message, where a title that a person typed may not format, mention or link anything. */
export function countdownName(view: View, countdown: Countdown): string {
  const { own } = countdown;
  if (!own) return countdownLabel(view, countdown);
  return countdownLabel(view, { ...countdown, own: { ...own, title: escapeMarkdown(own.title) } });
}

/** The list and the choices number the countdowns alike, so that two of one release can be told apart. */
export function numbered({ say }: Language, at: number, name: string): string {
  return say('countdown.numbered', { number: at + 1, name });
}

/** The same in bold, for the text of a message, where Discord would make a list of a number and a dot. */
export function numberedInText(language: Language, at: number, name: string): string {
  return `**${numbered(language, at, name).replace(/^(\d+)\./, '$1\\.')}**`;
}

/** What a post is: "7 days left", "the day itself", "the new date". */
export function postName({ say }: Language, { kind, daysBefore }: Occurrence): string {
  if (kind === 'moved' || kind === 'dated') return say('countdown.notice');
  return say('countdown.milestone', { days: daysBefore });
}
