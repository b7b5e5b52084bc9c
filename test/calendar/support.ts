import ICAL from 'ical.js';
import type { Reply } from '../../sandbox/client.ts';

/** An event as a calendar keeps it. */
export interface Kept {
  uid: string;
  sequence: number;
  stamp: string;
  start: string;
  end: string;
  status: string;
  summary: string;
  description: string;
}

/** The events of a file, read by another library than the one that wrote it. */
export function eventsIn(ics: string): Kept[] {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  return calendar.getAllSubcomponents('vevent').map((event) => {
    const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
    return {
      uid: value('uid'),
      sequence: Number(value('sequence')),
      stamp: value('dtstamp'),
      start: value('dtstart'),
      end: value('dtend'),
      status: value('status'),
      summary: value('summary'),
      description: value('description'),
    };
  });
}

/**
 * A calendar that follows the standard: an event of the same UID takes the place of the one it has where its SEQUENCE is
 * higher, or the same and its DTSTAMP not older (RFC 5546, 2.1.5); one that is cancelled is taken out.
 */
export function calendar() {
  const events = new Map<string, Kept>();
  return {
    open(ics: string) {
      for (const event of eventsIn(ics)) {
        const had = events.get(event.uid);
        const isOlder =
          had &&
          (event.sequence < had.sequence || (event.sequence === had.sequence && event.stamp < had.stamp));
        if (!isOlder) events.set(event.uid, event);
      }
    },
    shown: () => [...events.values()].filter(({ status }) => status !== 'CANCELLED'),
  };
}

/** The calendar file of an answer, byte by byte as it came. */
export async function fileOf(answer: Reply): Promise<string> {
  const [file] = answer.reply?.attachments ?? [];
  if (!file) throw new Error(`no file: ${answer.error ?? answer.reply?.content}`);
  return (await fetch(file.url)).text();
}
