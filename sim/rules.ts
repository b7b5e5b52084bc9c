import type { Countdown } from '../src/countdown/countdown.ts';

const DAY_MS = 86_400_000;
/** A post is useful for this long after it was due. */
export const USEFUL_MS = 7 * DAY_MS;

/** One post that a countdown owes, by the rules of the design and not by the bot's own schedule. */
export interface Owed {
  key: string;
  dueMs: number;
  /** Until when it is useful. */
  uselessMs: number;
}

/** Returns the instant of a local time on a day, in milliseconds. */
export function localMs(day: string, time: string, timeZone: string): number {
  return Temporal.ZonedDateTime.from(`${day}T${time}[${timeZone}]`).epochMilliseconds;
}

/** Returns the day so many days earlier. */
const earlierDay = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** Returns what a countdown owes for a date, the earliest first. */
export function owedFor(countdown: Countdown, date: string): Owed[] {
  const { id, time, timeZone, milestones, minutesBefore = [], own } = countdown;
  const start = own?.time;
  const startMs = start === undefined ? undefined : localMs(date, start, timeZone);
  const atStart = (name: string, minutes: number): Owed[] => {
    if (startMs === undefined) return [];
    const dueMs = startMs - minutes * 60_000;
    const uselessMs = minutes > 0 ? startMs : dueMs + USEFUL_MS;
    return [{ key: `${id}/milestone/${name}/${date}T${start}`, dueMs, uselessMs }];
  };
  const days = milestones.flatMap((daysBefore): Owed[] => {
    if (daysBefore === 0 && startMs !== undefined) return atStart('0', 0);
    const local = localMs(earlierDay(date, daysBefore), time, timeZone);
    const dueMs = startMs === undefined ? local : Math.min(local, startMs);
    return [{ key: `${id}/milestone/${daysBefore}/${date}`, dueMs, uselessMs: dueMs + USEFUL_MS }];
  });
  const all = [...days, ...minutesBefore.flatMap((minutes) => atStart(`${minutes}m`, minutes))];
  return all.sort((a, b) => a.dueMs - b.dueMs);
}

/** Returns the date in words, as a post in English must have it. */
export const inWords = (day: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));
