import { z } from 'zod';
import { DAY_PATTERN, type Day } from '../facts/dates.ts';
import { type Countdown, MAX_TITLE_LENGTH } from './countdown.ts';
import { earliest, notAfter, postInstantOn, startOfUtcDay } from './local-time.ts';
import { countTries, nextTry } from './retry-series.ts';
import { dayOf, type Target } from './target.ts';

/** The most events of a server; Discord allows a hundred in all. */
export const MAX_EVENTS = 25;

/** Why Discord refused an event; it is tried again for a week, and when someone orders it again. */
const EVENT_REFUSALS = ['no-permission', 'full', 'bug'] as const;
/** One of the reasons. */
export type EventRefusal = (typeof EVENT_REFUSALS)[number];

const EVENT = 'event-';

/** Whether an entry of the due queue is for an event, not for a countdown. */
export const isEvent = (id: string) => id.startsWith(EVENT);
/** Returns the id of an event in the due queue. */
export const eventId = (name: string) => `${EVENT}${name}`;

/** The event in Discord. */
const madeSchema = z.strictObject({
  id: z.string().describe('The event'),
  day: z.string().describe('The day of the event'),
  start: z.string().describe('When it begins'),
  name: z.string().describe('What the bot called it'),
});
/** The event in Discord. */
export type MadeEvent = z.output<typeof madeSchema>;

/** A scheduled event that a server ordered. It follows the date of its release. */
export const scheduledEventSchema = z.strictObject({
  id: z
    .string()
    .regex(/^event-[a-z0-9]{10}$/)
    .describe('The id of the order'),
  release: z.string().describe('The release that it is for, or "own" for a date of the server’s own'),
  own: z
    .strictObject({
      title: z.string().min(1).max(MAX_TITLE_LENGTH).describe('What the server calls it'),
      date: z.string().regex(DAY_PATTERN).describe('When it is'),
      time: z
        .string()
        .regex(/^\d{2}:\d{2}$/)
        .optional()
        .describe('The local time at which it starts, if it has one'),
    })
    .optional(),
  timeZone: z.string().describe('The time zone of its day'),
  locale: z.string().describe('Its language'),
  createdAt: z.string().describe('When it was ordered'),
  made: madeSchema.optional().describe('The event in the server'),
  left: z
    .enum(['deleted', 'begun'])
    .optional()
    .describe('Why the bot no longer changes it: it has begun, or someone deleted it'),
  refused: z.enum(EVENT_REFUSALS).optional().describe('Why Discord does not allow the bot to create it'),
  retry: z
    .strictObject({
      day: z.string().describe('The day that the refused event was to be on'),
      since: z.string().describe('When it was first refused'),
      count: z.number().int().min(0).describe('How often it was tried again'),
    })
    .optional(),
  removed: z.literal(true).optional().describe('Whether it is to be deleted'),
});
/** A scheduled event that a server ordered. */
export type ScheduledEvent = z.output<typeof scheduledEventSchema>;

/** What an event is for: a release or, by its title, a date of the server's own. */
export type EventSubject = Pick<ScheduledEvent, 'release' | 'own'>;

/** Whether two events are for the same. A date of the server's own keeps its title when it moves. */
export const isSameSubject = (a: EventSubject, b: EventSubject) =>
  a.release === b.release && a.own?.title === b.own?.title;

/** What to do with an event, and when to check it again. */
export type EventStep = {
  do: 'make' | 'move' | 'withdraw' | 'forget' | 'nothing';
  next: Temporal.Instant | null;
};

/** Returns the events for a countdown's own date after an edit of that date, with its new title, day and hour. */
export function movedEvents(
  events: readonly ScheduledEvent[],
  before: Countdown,
  { own, timeZone }: Countdown,
): ScheduledEvent[] {
  if (!own || !before.own) return [];
  const { title, date, time } = own;
  const subject = { release: before.release, own: before.own };
  const zone = time ? timeZone : undefined;
  return events
    .filter((event) => isSameSubject(event, subject) && !event.removed)
    .map((event) => ({
      ...event,
      own: { title, date, ...(time && { time }) },
      timeZone: zone ?? event.timeZone,
    }));
}

/**
 * Decides what to do with an event now. Pure. An event that has begun, or that someone deleted, is left alone; once its day is
 * over, the order is deleted.
 */
export function eventStep(
  event: ScheduledEvent,
  target: Target,
  name: string,
  now: Temporal.Instant,
): EventStep {
  if (event.removed) return { do: 'withdraw', next: null };
  const { made } = event;
  return made && hasBegun(event, now)
    ? stepAfterBegin(event, made, now)
    : stepBeforeBegin(event, target, name, now);
}

/** Whether an event has begun: from then on it is left alone. */
export const hasBegun = ({ left, made }: ScheduledEvent, now: Temporal.Instant): boolean =>
  left === 'begun' || (made !== undefined && notAfter(Temporal.Instant.from(made.start), now));

/** An event that has begun is left alone until its day is over. */
function stepAfterBegin({ timeZone }: ScheduledEvent, made: MadeEvent, now: Temporal.Instant): EventStep {
  const over = endOf(made.day, timeZone);
  return notAfter(over, now) ? { do: 'forget', next: null } : { do: 'nothing', next: over };
}

function stepBeforeBegin(
  event: ScheduledEvent,
  target: Target,
  name: string,
  now: Temporal.Instant,
): EventStep {
  const { made, left, refused, timeZone } = event;
  const day = dayOf(target);
  const change = target.changes ? startOfUtcDay(target.changes) : null;
  const over = day ? endOf(day, timeZone) : null;
  const isOver = over !== null && notAfter(over, now);
  const next = earliest(over, change);
  if ((left || refused) && isOver) return { do: 'forget', next: null };
  const stepAt = nextStepAt(event, day, now);
  if (!stepAt || !notAfter(stepAt, now)) return { do: 'nothing', next: earliest(next, stepAt) };
  if (made && (!day || isOver)) return { do: 'withdraw', next: change };
  if (isOver) return { do: 'forget', next: null };
  return { do: day ? syncStep(event, day, name, now) : 'nothing', next };
}

/** After how many hours a refused event is tried again. */
const RETRY_HOURS = [1, 4, ...Array.from({ length: 7 }, (_, days) => 24 * (days + 1))];

/**
 * When the next step may be taken: now, or when a refused event is tried again. Null if it is left alone, or was tried for the last
 * time for that day.
 */
function nextStepAt(
  { left, refused, retry }: ScheduledEvent,
  day: Day | null,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (left) return null;
  if (!refused || !retry || retry.day !== (day ?? '')) return now;
  return nextTry(retry, RETRY_HOURS) ?? null;
}

/** Returns the event after Discord refused a step for that day. */
export function afterRefusal(
  event: ScheduledEvent,
  refused: EventRefusal,
  day: string,
  now: Temporal.Instant,
): ScheduledEvent {
  const { retry } = event;
  if (retry?.day !== day) return { ...event, refused, retry: { day, since: now.toString(), count: 0 } };
  return { ...event, refused, retry: { ...retry, count: countTries(retry, RETRY_HOURS, now) } };
}

/** Returns the event after a step that Discord accepted. */
export function afterSuccess({ refused: _, retry: __, ...event }: ScheduledEvent): ScheduledEvent {
  return event;
}

/** What makes the event in Discord equal to what it should be. */
function syncStep(event: ScheduledEvent, day: Day, name: string, now: Temporal.Instant): EventStep['do'] {
  const { made } = event;
  if (!made) return 'make';
  const { start } = hoursOf(event, day, now);
  // A start that has passed cannot be set any more.
  const isAtHour = !event.own?.time || notAfter(start, now.add(IN_A_MOMENT)) || start.equals(made.start);
  return made.day !== day || made.name !== name || !isAtHour ? 'move' : 'nothing';
}

/** Discord refuses a start in the past: an event of today starts after this. */
const IN_A_MOMENT = Temporal.Duration.from({ minutes: 5 });

/** How long an event with an hour lasts: about a film, with time to talk. Discord needs an end. */
const LASTS = Temporal.Duration.from({ hours: 3 });

/** Returns the start and end of an event on a day: its hour, or its whole day in its zone, as far as that is still ahead. */
export function hoursOf(
  { own, timeZone }: Pick<ScheduledEvent, 'own' | 'timeZone'>,
  day: Day,
  now: Temporal.Instant,
): { start: Temporal.Instant; end: Temporal.Instant } {
  const soon = now.add(IN_A_MOMENT);
  const start = own?.time ? postInstantOn(day, { timeZone, time: own.time }) : startOf(day, timeZone);
  const end = own?.time ? start.add(LASTS) : endOf(day, timeZone);
  if (notAfter(soon, start)) return { start, end };
  return { start: soon, end: notAfter(end, soon) ? soon.add({ hours: 1 }) : end };
}

const startOf = (day: Day, timeZone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant();
const endOf = (day: Day, timeZone: string) =>
  startOf(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), timeZone);
