import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Day } from '../facts/dates.ts';
import type { Entry } from './entries.ts';

/** An identifier is unique in the world (RFC 5545, 3.8.4.7): the slot, and whose slot it is. */
const DOMAIN = 'concierge';

const STATUS = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<Entry['status'], ICalEventStatus>;

/** The entries as an iCalendar file. The same entries give the same bytes: nothing in it comes from the clock. */
export function icsOf(entries: readonly Entry[]): string {
  const calendar = ical({
    prodId: { company: 'Concierge', product: 'Release dates', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { id, sequence, status, first, last, created, changed, summary, description } of entries) {
    calendar.createEvent({
      id: `${id}@${DOMAIN}`,
      sequence,
      status: STATUS[status],
      allDay: true,
      start: Temporal.PlainDate.from(first),
      // The end of whole days is the day after the last one: RFC 5545, 3.6.1.
      end: Temporal.PlainDate.from(last).add({ days: 1 }),
      created: startOf(created),
      lastModified: startOf(changed),
      stamp: startOf(changed),
      transparency: ICalEventTransparency.TRANSPARENT,
      summary: plain(summary),
      description: plain(description),
    });
  }
  // Every line ends so, the last one too: RFC 5545, 3.1. The library leaves that one open.
  return `${calendar.toString()}\r\n`;
}

const startOf = (day: Day) => Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();

/** RFC 5545, 3.3.11 allows no control characters in a text but line breaks, and UTF-8 no half of a character. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
