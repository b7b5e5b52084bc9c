import type { Link, Next, View } from '../answers/card.ts';
import { trailerLink } from '../answers/key-facts.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { remindAction } from '../answers/reminder.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import { countableValue } from './countable-releases.ts';
import { type Countdown, OWN, type OwnDate } from './countdown.ts';
import { customSentence } from './custom-sentence.ts';
import { daysLeft, isBefore } from './local-time.ts';
import { dateInWords } from './names.ts';
import type { Occurrence } from './occurrence.ts';
import { createPicture, type PostPicture } from './picture.ts';

/** What a post says, before it is a Discord message. */
export interface Announcement {
  /** One sentence with the days left and the date in words. */
  sentence: string;
  picture: PostPicture;
  /** The button of a person's reminders; undefined where nothing lies ahead of which one could remind. */
  remind: Next | undefined;
  /** The button that tells more about it. Every post has it: it carries the mark by which the post is found again. */
  about: Next;
  /** A page about it. */
  link: Link | undefined;
}

/**
 * Returns the text of an occurrence posted at `now`: a late post tells the days left then. Throws where the facts lack the release. `view` is the
 * facts of that day in the server's language; `showInstant` writes an instant so that each reader sees it in their own zone.
 */
export function createAnnouncement(
  view: View,
  countdown: Countdown,
  occurrence: Occurrence,
  now: Temporal.Instant,
  showInstant: (instant: Temporal.Instant) => string,
): Announcement {
  const { language, snapshot } = view;
  const custom = (title: string) =>
    customSentence(language, countdown, { title, occurrence, now, showInstant });
  if (countdown.own) {
    const { start } = occurrence;
    const usual = start
      ? startSentence(language, countdown.own, occurrence, {
          at: start.at,
          now,
          shown: showInstant(start.at),
        })
      : ownSentence(language, countdown, countdown.own, occurrence, now);
    const sentence = custom(escapeMarkdown(countdown.own.title)) ?? usual;
    return { sentence, ...partsOfOwn(view, countdown, countdown.own, occurrence, now) };
  }
  const known = snapshot.get(countdown.release);
  if (known?.kind !== 'release')
    throw new Error(`No release "${countdown.release}" in the facts of ${snapshot.day}`);
  const { title: titleId } = known.slot;
  const title = titleName(view, titleId);
  const place = releaseLabel(view, known.slot);
  const date = language.date(occurrence.date);
  const left = daysLeft(occurrence.date, countdown, now);
  const years = yearsOf(occurrence, known);
  const value = countableValue(countdown.release, countdown.anniversary);
  return {
    sentence: custom(title) ?? sentence(view, occurrence, { title, place, date, left, known, years }),
    picture: createPicture(language, {
      ...occurrence,
      title: titleName(view, titleId, 'full'),
      place,
      left,
      years,
      accent: countdown.colour,
    }),
    // An anniversary comes again, so that even on its day there is one to be reminded of.
    remind: remindButton(view, countdown, left > 0 || countdown.anniversary, remindAction(language, value)),
    about: { path: 'wick/film', options: { title: titleId }, label: language.say('post.about') },
    link: trailerLink(view, titleId),
  };
}

/** The post of the start says that it starts now; after this, that it has started. */
const STARTS_NOW_FOR = Temporal.Duration.from({ minutes: 10 });

/** The sentence of a date with an hour. `shown` is its start, live. */
function startSentence(
  language: Language,
  own: OwnDate,
  { kind, was }: Occurrence,
  { at, now, shown }: { at: Temporal.Instant; now: Temporal.Instant; shown: string },
): string {
  const { say } = language;
  const title = escapeMarkdown(own.title);
  if (kind === 'moved' && was) {
    const [date = was, time] = was.split('T');
    return say('countdown.post.start-moved', {
      title,
      was: dateInWords(language, { date, time }),
      start: shown,
    });
  }
  const when = isBefore(now, at) ? 'ahead' : isBefore(now, at.add(STARTS_NOW_FOR)) ? 'now' : 'other';
  return say('countdown.post.start', { when, title, start: shown });
}

/** The sentence of a calendar day. */
function ownSentence(
  language: Language,
  countdown: Countdown,
  own: OwnDate,
  { date: day, kind, was }: Occurrence,
  now: Temporal.Instant,
): string {
  const { say } = language;
  const title = escapeMarkdown(own.title);
  const date = language.date(day);
  const left = timeLeft(daysLeft(day, countdown, now));
  if (kind !== 'moved' || !was) return say('countdown.post.own', { ...left, title, date });
  const [before = was, time] = was.split('T');
  return say('countdown.post.own-moved', {
    title,
    date,
    was: dateInWords(language, { date: before, time }),
    left: say('post.left', left),
  });
}

/** The picture and the buttons of a date of the server's own. */
function partsOfOwn(
  view: View,
  countdown: Countdown,
  own: OwnDate,
  occurrence: Occurrence,
  now: Temporal.Instant,
): Omit<Announcement, 'sentence'> {
  const { language } = view;
  const { start, date } = occurrence;
  const left = daysLeft(date, countdown, now);
  const isAhead = start ? isBefore(now, start.at) : left > 0;
  const subject = { ...occurrence, title: own.title, left, accent: countdown.colour };
  return {
    picture: createPicture(language, subject),
    remind: remindButton(view, countdown, isAhead && !countdown.personal, {
      ...remindAction(language, OWN),
      options: { own: countdown.id },
    }),
    about: countdown.personal
      ? remindersButton(view)
      : {
          path: 'countdown/list',
          options: { about: countdown.id },
          label: language.say('post.about'),
          isPress: true,
        },
    link: undefined,
  };
}

/** Returns the button that sets a reminder; in a reminder, the one that shows them all. */
function remindButton(
  view: View,
  { personal, own }: Countdown,
  isAhead: boolean,
  action: Next,
): Next | undefined {
  // The other button of a reminder of a server's own date shows them already.
  if (personal) return own ? undefined : remindersButton(view);
  return isAhead ? action : undefined;
}

const remindersButton = ({ language }: View): Next => ({
  path: 'remind/list',
  label: language.say('post.reminders'),
  isPress: true,
});

/** Whether a day lies ahead, and how many days away it is. */
function timeLeft(left: number): { when: 'ahead' | 'today' | 'other'; days: number } {
  return { when: left > 0 ? 'ahead' : left === 0 ? 'today' : 'other', days: Math.abs(left) };
}

/** The day on which a release that has anniversaries came out. */
const firstDay = ({ date }: Occurrence, { claim }: Fact<'release'>) => ('date' in claim ? claim.date : date);

/** Which anniversary an occurrence is of. */
const yearsOf = (occurrence: Occurrence, known: Fact<'release'>) =>
  Number(occurrence.date.slice(0, 4)) - Number(firstDay(occurrence, known).slice(0, 4));

interface Words {
  title: string;
  place: string;
  date: string;
  left: number;
  known: Fact<'release'>;
  years: number;
}

function sentence(
  { language }: View,
  occurrence: Occurrence,
  { title, place, date, left, known, years }: Words,
): string {
  const { say } = language;
  const { kind, was } = occurrence;
  const { when, days } = timeLeft(left);
  if (kind === 'anniversary') {
    const first = language.date(firstDay(occurrence, known));
    return say('post.anniversary', { when, days, years, title, place, date, first });
  }
  if (kind === 'milestone')
    return say('post.milestone', {
      when,
      days,
      title,
      place,
      date,
      status: known.claim.status === 'released' ? 'released' : 'other',
    });
  const told = say('post.left', { when, days });
  if (kind === 'moved' && was)
    return say('post.moved', { title, place, date, was: language.date(was), left: told });
  return say('post.dated', { title, place, date, left: told });
}
