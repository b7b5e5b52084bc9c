import type { Card, View } from '../answers/card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import { escapeMarkdown } from '../lib/markdown.ts';
import type { Countdown, OwnDate } from './countdown.ts';
import { daysLeft } from './local-time.ts';
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
 * facts of that day in the server's language.
 */
export function createAnnouncement(
  view: View,
  countdown: Countdown,
  occurrence: Occurrence,
  now: Temporal.Instant,
): Announcement {
  const { language, snapshot } = view;
  if (countdown.own) return announceOwn(view, countdown, countdown.own, occurrence, now);
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

/** A date of the server's own. Its title is a person's text: it may not format, mention or link anything. */
function announceOwn(
  { language }: View,
  countdown: Countdown,
  own: OwnDate,
  { date: day, kind, was }: Occurrence,
  now: Temporal.Instant,
): Announcement {
  const { say } = language;
  const title = escapeMarkdown(own.title);
  const date = language.date(day);
  const left = timeLeft(daysLeft(day, countdown, now));
  const sentence =
    kind === 'moved' && was
      ? say('countdown.post.own-moved', {
          title,
          date,
          was: language.date(was),
          left: say('post.left', left),
        })
      : say('countdown.post.own', { ...left, title, date });
  return {
    sentence,
    card: {
      title,
      lead: { text: say('countdown.post.own-date', { date }) },
      details: [],
      // The button carries the mark by which a post is found again, so no post is without one.
      next: [{ path: 'wick/upcoming', label: say('countdown.post.own-more') }],
    },
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
