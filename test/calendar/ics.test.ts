import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/calendar/entries.ts';
import { createIcs } from '../../src/calendar/ics.ts';
import { eventsIn } from './support.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => Temporal.PlainDate.from('1970-01-01').add({ days }).toString());

/** What people may write: other scripts, characters beyond the first plane, and what means something to a calendar. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '\\',
        ',',
        ';',
        ':',
        '"',
        '\n',
        '\r\n',
        '\r',
        '\\n',
        ' ',
        '\t',
        'ü',
        '字',
        '🩰',
        '\u0000',
        '\ud800',
      ),
    )
    .map((parts) => parts.join('')),
);

const entry: fc.Arbitrary<Entry> = fc.record({
  id: fc.stringMatching(/^[a-z0-9-]{1,20}(\/[a-z0-9-]{1,20}){1,3}$/),
  sequence: fc.nat(20),
  status: fc.constantFrom('tentative', 'confirmed', 'cancelled'),
  first: day,
  last: day,
  created: day,
  changed: day,
  summary: text,
  description: text,
});
const entries = fc.uniqueArray(entry, { maxLength: 5, selector: ({ id }) => id }).map((all) =>
  all.map((event) => {
    const [first = event.first, last = event.last] = [event.first, event.last].sort();
    return { ...event, first, last };
  }),
);

/** A text as a calendar can hold it. */
const holdable = (said: string) =>
  said
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .split('')
    .filter((char) => char === '\n' || char === '\t' || !/\p{Cc}/u.test(char))
    .join('');

test('another library parses the file back to the same entries, whatever the text', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const read = eventsIn(createIcs(all));
      expect(read.map(({ summary, description }) => [summary, description])).toEqual(
        all.map(({ summary, description }) => [holdable(summary), holdable(description)]),
      );
      expect(read.map(({ uid, sequence, start, status }) => [uid, sequence, start, status])).toEqual(
        all.map(({ id, sequence, first, status }) => [
          `${id}@concierge`,
          sequence,
          first,
          status.toUpperCase(),
        ]),
      );
    }),
    { numRuns: 150 },
  );
});

test('lines end with CR LF, have at most 75 octets, and are folded between characters', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const bytes = Buffer.from(createIcs(all), 'utf8');
      const lines = bytes.toString('latin1').split('\r\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) {
        expect(line).not.toMatch(/[\r\n]/);
        expect(line.length).toBeLessThanOrEqual(75);
        const whole = new TextDecoder('utf-8', { fatal: true });
        expect(() => whole.decode(Buffer.from(line, 'latin1'))).not.toThrow();
      }
    }),
    { numRuns: 150 },
  );
});

test('the same entries give the same bytes', () => {
  fc.assert(
    fc.property(entries, (all) => {
      expect(createIcs(all)).toBe(createIcs(structuredClone(all)));
    }),
    { numRuns: 50 },
  );
});

test('an entry of whole days ends on the day after the last', () => {
  const one: Entry = {
    id: 'film/release/us',
    sequence: 0,
    status: 'confirmed',
    first: '2024-02-28',
    last: '2024-02-29',
    created: '2024-01-01',
    changed: '2024-01-02',
    summary: 'Film',
    description: 'Two days',
  };
  const ics = createIcs([one]);
  expect(ics).toContain('DTSTART;VALUE=DATE:20240228\r\nDTEND;VALUE=DATE:20240301\r\n');
  expect(ics).toContain('DTSTAMP:20240102T000000Z\r\n');
  expect(ics).toContain('CREATED:20240101T000000Z\r\n');
  expect(ics).toContain('LAST-MODIFIED:20240102T000000Z\r\n');
});
