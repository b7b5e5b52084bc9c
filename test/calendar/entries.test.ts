import { expect, test } from 'vitest';
import { type Entry, entriesOf } from '../../src/calendar/entries.ts';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import { createFacts } from '../../src/facts/snapshot.ts';
import { loadData, splitDataFiles } from '../../src/knowledge/load.ts';
import { dataWith, type Loose, slotIn } from '../facts/support.ts';

const { catalogue } = loadData('data');
const SLOT = 'ballerina/release/theatrical/us';

/** The release's entry on a day, had these been its claims. */
function entryOn(day: string, claims: object[]): Entry | undefined {
  const data = dataWith('data/claims/ballerina.json', (json: Loose) => {
    const slot = slotIn(json, SLOT);
    const { sources } = slot.claims[0];
    slot.claims = claims.map((claim) => ({ confidence: 'high', sources, ...claim }));
  });
  const parsed = parseFacts(splitDataFiles(data).facts, LIMITS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const facts = createFacts(parsed.data);
  const view = { facts, snapshot: facts.asOf(day), language: catalogue.in('en-US'), spoilers: false };
  return entriesOf(view, 'ballerina').find(({ entry }) => entry.id === SLOT)?.entry;
}

const undated = (known: string) => ({ known, status: 'undated' });
const dropped = (known: string) => ({ known, status: 'dropped' });
const planned = (known: string, date: string) => ({ known, status: 'planned', date });
const released = (known: string, date: string) => ({ known, status: 'released', date });

/** A course with every turn that a date can take. */
const COURSE = [
  undated('2022-05-01'),
  planned('2022-06-01', '2024'),
  planned('2022-07-01', '2024-06-07'),
  planned('2022-08-01', '2024-06-07'),
  planned('2022-09-01', '2025-06-06'),
  planned('2022-10-01', '2025-07'),
  planned('2022-11-01', '2025-07-04'),
  dropped('2022-12-01'),
  planned('2023-01-01', '2025-07-04'),
  released('2025-07-04', '2025-07-04'),
];

test.each([
  ['2022-05-15', undefined],
  ['2022-06-15', undefined],
  ['2022-07-15', [0, 'tentative', '2024-06-07']],
  ['2022-08-15', [0, 'tentative', '2024-06-07']],
  ['2022-09-15', [1, 'tentative', '2025-06-06']],
  ['2022-10-15', [2, 'cancelled', '2025-06-06']],
  ['2022-11-15', [3, 'tentative', '2025-07-04']],
  ['2022-12-15', [4, 'cancelled', '2025-07-04']],
  ['2023-01-15', [5, 'tentative', '2025-07-04']],
  ['2025-07-05', [5, 'confirmed', '2025-07-04']],
])('as of %s the entry is %j', (day, expected) => {
  const entry = entryOn(day, COURSE);
  expect(entry && [entry.sequence, entry.status, entry.first]).toEqual(expected);
});

test('an entry keeps the day it was created, and was changed on the day of the newest claim', () => {
  expect(entryOn('2022-08-15', COURSE)).toMatchObject({ created: '2022-07-01', changed: '2022-08-01' });
  expect(entryOn('2025-07-05', COURSE)).toMatchObject({ created: '2022-07-01', changed: '2025-07-04' });
});

test('the description has the date, the dates before it and the sources', () => {
  const text = (day: string) => entryOn(day, COURSE)?.description.split('\n');
  expect(text('2022-09-15')?.slice(0, 3)).toEqual([
    'Planned for June 6, 2025.',
    'Previously: 2024 and June 7, 2024.',
    'Known since September 1, 2022.',
  ]);
  expect(text('2022-12-15')?.[0]).toBe('No longer planned for July 4, 2025.');
  expect(text('2025-07-05')?.[0]).toBe('Released on July 4, 2025.');
  expect(text('2025-07-05')?.[2]).toBe('Known since January 1, 2023.');
});

test('the sequence of an entry of the real facts never decreases', () => {
  const { facts } = loadData('data');
  const highest = new Map<string, number>();
  let day = Temporal.PlainDate.from('2022-01-01');
  while (day.toString() <= '2026-11-22') {
    const view = {
      facts,
      snapshot: facts.asOf(day.toString()),
      language: catalogue.in('en-US'),
      spoilers: false,
    };
    for (const { entry } of entriesOf(view)) {
      expect(entry.sequence).toBeGreaterThanOrEqual(highest.get(entry.id) ?? 0);
      expect(entry.changed <= day.toString()).toBe(true);
      highest.set(entry.id, entry.sequence);
    }
    day = day.add({ days: 7 });
  }
  expect(highest.size).toBeGreaterThan(15);
  expect(highest.get(SLOT)).toBe(1);
});
