import { expect, test } from 'vitest';
import type { Fact } from '../../src/facts/snapshot.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { TODAY } from '../support.ts';

const { facts } = loadData('data');
const snapshot = facts.asOf(TODAY);
const slots: Fact[] = [
  ...snapshot.of('prose'),
  ...snapshot.of('story'),
  ...snapshot.of('gap'),
  ...snapshot.of('project'),
  ...snapshot.of('event'),
  ...snapshot.of('release'),
  ...snapshot.of('role'),
  ...snapshot.of('credit'),
  ...snapshot.of('measure'),
  ...snapshot.of('name'),
  ...snapshot.of('trailer'),
  ...snapshot.of('appearance'),
];
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** The days and months that a text names, as partial days. */
function datesIn(text: string): string[] {
  const pattern = new RegExp(`(${MONTHS.join('|')})(?: (\\d{1,2}),)? (\\d{4})`, 'g');
  return [...text.matchAll(pattern)].map(([, month = '', day, year]) =>
    [year, String(MONTHS.indexOf(month) + 1).padStart(2, '0'), ...(day ? [day.padStart(2, '0')] : [])].join(
      '-',
    ),
  );
}

/** What may be told of a day ahead: plans and forecasts that were public when the claim was. */
const AHEAD = new Set([
  '2022-05-27',
  '2023-02-05',
  '2023-03',
  '2023-03-24',
  '2023-09-26',
  '2023-10-06',
  '2024-02-11',
  '2024-03',
  '2024-06-07',
  '2025-06-06',
  '2026-03-08',
]);

test('no claim mentions a day after it became known, except for plans', () => {
  const early = slots.flatMap(({ slot, claim, before }) =>
    [...before, claim].flatMap((version) =>
      datesIn(JSON.stringify(version))
        .filter((date) => date > version.known.slice(0, date.length) && !AHEAD.has(date))
        .map((date) => `${slot.slot} tells on ${version.known} of ${date}`),
    ),
  );
  expect(early).toEqual([]);
});

test('no event, trailer or appearance is known before its date', () => {
  const early = slots.flatMap(({ kind, slot, claim, before }) =>
    kind === 'event' || kind === 'trailer' || kind === 'appearance'
      ? [...before, claim].flatMap((version) =>
          'date' in version && version.date > version.known.slice(0, version.date.length)
            ? [`${slot.slot}: ${version.date}`]
            : [],
        )
      : [],
  );
  expect(early).toEqual([]);
});
