import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Day } from '../facts/dates.ts';
import type { Entry } from './entries.ts';

/** The part of an identifier that makes it globally unique (RFC 5545, 3.8.4.7). */
const DOMAIN = 'concierge';

const STATUS = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<Entry['status'], ICalEventStatus>;

/** Creates the iCalendar file of the entries. The same entries give the same bytes: nothing in it is from the clock. */
export function createIcs(entries: readonly Entry[]): string {
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
      summary: withoutControlCharacters(summary),
      description: withoutControlCharacters(description),
    });
  }
  // Every line ends with CRLF: RFC 5545, 3.1. The library leaves it out after the last line.
  return `${calendar.toString()}\r\n`;
}

const startOf = (day: Day) => Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();

/** Line breaks stay; RFC 5545, 3.3.11 allows no other control characters, and UTF-8 no lone surrogates. */
const withoutControlCharacters = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
