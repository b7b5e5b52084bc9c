import type { Card, View } from '../answers/card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import type { Countdown, OwnDate } from './countdown.ts';
import { daysLeft, isBefore } from './local-time.ts';
import { dateInWords } from './names.ts';
import type { Occurrence } from './schedule.ts';

/** What a post says, before it is a Discord message. */
export interface Announcement {
  /** One sentence with the days left and the date in words. */
  sentence: string;
  /** What is shown below it, with its source. */
  card: Card;
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
  if (countdown.own) {
    const { start } = occurrence;
    const sentence = start
      ? startSentence(language, countdown.own, occurrence, {
          at: start.at,
          now,
          shown: showInstant(start.at),
        })
      : ownSentence(language, countdown, countdown.own, occurrence, now);
    const date = start ? showInstant(start.at) : language.date(occurrence.date);
    return { sentence, card: ownCard(language, countdown.own, date) };
  }
  const known = snapshot.get(countdown.release);
  if (known?.kind !== 'release')
    throw new Error(`No release "${countdown.release}" in the facts of ${snapshot.day}`);
  const title = titleName(view, known.slot.title);
  const place = releaseLabel(view, known.slot);
  const date = language.date(occurrence.date);
  return {
    sentence: sentence(view, occurrence, {
      title,
      place,
      date,
      left: daysLeft(occurrence.date, countdown, now),
      known,
    }),
    card: {
      title: titleName(view, known.slot.title, 'full'),
      lead: {
        text: language.say('post.date', { date: releasedOn(view, known) ?? date, place }),
        from: known,
      },
      details: occurrence.kind === 'moved' ? [{ lines: movedLines(view, occurrence, known) }] : [],
      next: [
        {
          path: 'wick/film',
          options: { title: known.slot.title },
          label: language.say('post.more', { title }),
        },
      ],
    },
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

/** The title is a person's text: it may not format, mention or link anything. */
function ownCard({ say }: Language, own: OwnDate, date: string): Card {
  return {
    title: escapeMarkdown(own.title),
    lead: { text: say('countdown.post.own-date', { date }) },
    details: [],
    // The button carries the mark by which a post is found again, so no post is without one.
    next: [{ path: 'wick/upcoming', label: say('countdown.post.own-more') }],
  };
}

/** Whether a day lies ahead, and how many days away it is. */
function timeLeft(left: number): { when: 'ahead' | 'today' | 'other'; days: number } {
  return { when: left > 0 ? 'ahead' : left === 0 ? 'today' : 'other', days: Math.abs(left) };
}

/** The date of the release itself, which is not the one that an anniversary counts to. */
function releasedOn({ language }: View, known: Fact<'release'>): string | undefined {
  const date = releaseDate(known);
  return date ? language.date(date) : undefined;
}

interface Words {
  title: string;
  place: string;
  date: string;
  left: number;
  known: Fact<'release'>;
}

function sentence(
  { language }: View,
  { kind, date: day, was }: Occurrence,
  { title, place, date, left, known }: Words,
): string {
  const { say } = language;
  const { when, days } = timeLeft(left);
  if (kind === 'anniversary') {
    const first = 'date' in known.claim ? known.claim.date : day;
    const years = Number(day.slice(0, 4)) - Number(first.slice(0, 4));
    return say('post.anniversary', { when, days, years, title, place, date, first: language.date(first) });
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

function movedLines({ language }: View, { was }: Occurrence, { claim }: Fact<'release'>) {
  const lines = was ? [{ text: language.say('post.was', { date: language.date(was) }) }] : [];
  if (claim.status === 'planned' && claim.reason) lines.push({ text: language.pick(claim.reason) });
  return lines;
}
