import type { Day } from '../facts/dates.ts';
import type { Language } from '../i18n/translator.ts';
import { dateInWords } from './names.ts';
import type { Occurrence } from './occurrence.ts';

/** The texts of a post's picture, in the language of the post, and its colour. Nothing else decides how it looks. */
export interface PostPicture {
  /** Festive on the day and for anniversaries. */
  mood: 'quiet' | 'festive';
  /** The line above the title: "Countdown", "New date", "10th anniversary". */
  heading: string;
  title: string;
  /** What is shown large: "30", "Today". */
  figure: string;
  /** What it counts: "days left"; undefined where the figure says it. */
  unit?: string | undefined;
  date: string;
  /** The date before it was moved. */
  was?: string | undefined;
  /** "Cinemas, United States"; undefined for a date of the server's own. */
  place?: string | undefined;
  /** The colour of its lines and figure, #rrggbb; undefined for gold. */
  accent?: string | undefined;
  /** The locale of the texts. */
  locale: string;
  /** What it shows, for those who cannot see it. */
  alt: string;
}

/** Returns the PNG file of a picture, the same for the same texts; undefined where it cannot be drawn. Never rejects. */
export type DrawPicture = (picture: PostPicture) => Promise<Uint8Array | undefined>;

/** What a picture is about. */
export interface PictureSubject {
  kind: Occurrence['kind'];
  title: string;
  place?: string;
  date: Day;
  /** Its local time, HH:MM, where it has one. */
  start?: { time: string } | undefined;
  /** The date before, with its local time where it had one: "2026-12-24T20:00". */
  was: string | null;
  /** The days left; negative after the date. */
  left: number;
  /** The colour of its own, if it has one. */
  accent?: string | undefined;
  /** Which anniversary it is. */
  years?: number | undefined;
}

/** Returns the texts of a picture. */
export function createPicture(language: Language, subject: PictureSubject): PostPicture {
  const { say, locale } = language;
  const { kind, title, place, left } = subject;
  const heading = headingOf(language, subject);
  const date = dateInWords(language, { date: subject.date, time: subject.start?.time });
  const was = kind === 'moved' && subject.was ? momentInWords(language, subject.was) : undefined;
  const { figure, unit } = figureOf(language, subject);
  return {
    mood: left === 0 || kind === 'anniversary' ? 'festive' : 'quiet',
    heading,
    title,
    figure,
    unit,
    date,
    was,
    place,
    ...(subject.accent && { accent: subject.accent }),
    locale,
    alt: [
      say('picture.alt', {
        heading,
        title,
        figure: unit ? say('picture.counted', { figure, unit }) : figure,
      }),
      was ? say('picture.alt-moved', { was, date }) : say('picture.alt-date', { date }),
      ...(place ? [say('picture.alt-date', { date: place })] : []),
    ].join(' '),
  };
}

function momentInWords(language: Language, moment: string): string {
  const [date = moment, time] = moment.split('T');
  return dateInWords(language, { date, time });
}

/** What is shown large, and what it counts: the days, on an anniversary itself the years. */
function figureOf({ say }: Language, { kind, left, years = 0 }: PictureSubject) {
  if (left === 0 && kind !== 'anniversary') return { figure: say('picture.today'), unit: undefined };
  const count = left === 0 ? years : Math.abs(left);
  const unit = left === 0 ? 'picture.years' : left > 0 ? 'picture.days-left' : 'picture.days-ago';
  return { figure: say('picture.count', { count }), unit: say(unit, { count }) };
}

function headingOf({ say }: Language, { kind, left, years = 0 }: PictureSubject): string {
  if (kind === 'anniversary') return say('picture.heading.anniversary', { years });
  if (kind === 'moved') return say('picture.heading.moved');
  if (kind === 'dated') return say('picture.heading.dated');
  return say(left === 0 ? 'picture.heading.today' : 'picture.heading.countdown');
}
