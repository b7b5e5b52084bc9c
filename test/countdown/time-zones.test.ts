import { rawTimeZones } from '@vvo/tzdb';
import { describe, expect, test } from 'vitest';
import { allZones, createZoneFinder } from '../../src/countdown/time-zones.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { normalize } from '../../src/lib/search.ts';

const finder = createZoneFinder();
const match = (typed: string) => {
  const found = finder.match(typed);
  return found.kind === 'zone' ? found.name : found.kind === 'several' ? found.names : undefined;
};

/** The offsets of a zone on the first and the fifteenth of each month for ten years: what its clocks show. */
function clockOf(zone: string): string {
  const days = Array.from({ length: 264 }, (_, half) =>
    Temporal.PlainDate.from('2026-01-01')
      .add({ months: Math.floor(half / 2) })
      .with({ day: half % 2 === 0 ? 1 : 15 }),
  );
  return days.map((day) => day.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).offset).join();
}
const clocks = new Map(allZones().map(({ name }) => [name, clockOf(name)]));
const clock = (zone: string) => clocks.get(zone) ?? clockOf(zone);

/** All names that the time zone database has for places, countries and times, with the zones of each. */
const named = new Map<string, Set<string>>();
for (const zone of rawTimeZones.filter(({ name }) => clocks.has(name))) {
  const { name, mainCities, alternativeName, countryName, abbreviation, dstAbbreviation } = zone;
  const city = name.split('/').at(-1) ?? '';
  const names = [city, ...mainCities, alternativeName, countryName, abbreviation, dstAbbreviation];
  for (const text of names) if (text) named.set(text, (named.get(text) ?? new Set()).add(name));
}

/** Names that mean a zone's own city or a country's capital, though a city elsewhere has them too. */
const CITIES_FIRST = {
  Sydney: 'Australia/Sydney',
  Tripoli: 'Africa/Tripoli',
  Kingston: 'America/Jamaica',
  Victoria: 'Indian/Mahe',
  'San José': 'America/Costa_Rica',
  'San Jose': 'America/Costa_Rica',
} as const;

test('every name in the time zone database finds a zone for each of its clocks', () => {
  expect(named.size).toBeGreaterThan(1_000);
  const wrong: string[] = [];
  for (const [text, zones] of named) {
    if (text in CITIES_FIRST || /^(UTC|GMT)([+-]\d+)?$/.test(text)) continue;
    const own = [...zones].filter((zone) => normalize(zone.split('/').at(-1) ?? '') === normalize(text));
    const wanted = new Set((own.length > 0 ? own : [...zones]).map(clock));
    const found = match(text);
    const given = new Set((typeof found === 'string' ? [found] : (found ?? [])).map(clock));
    if (
      ![...wanted].every((offsets) => given.has(offsets)) ||
      (typeof found === 'string' && given.size !== 1)
    )
      wrong.push(`${text}: ${found}`);
  }
  expect(wrong).toEqual([]);
});

test.each(Object.entries(CITIES_FIRST))(
  'the name %s means %s rather than other places of that name',
  (typed, zone) => {
    expect(match(typed)).toBe(zone);
  },
);

describe('a name of places with different clocks finds several zones', () => {
  test.each([
    ['China', ['Asia/Shanghai', 'Asia/Urumqi']],
    ['Spain', ['Atlantic/Canary', 'Europe/Madrid']],
    ['Portugal', ['Europe/Lisbon', 'Atlantic/Azores']],
    ['Eastern Time', ['America/New_York', 'America/Panama']],
    ['EST', ['America/New_York', 'America/Panama']],
    ['est', ['America/New_York', 'America/Panama']],
    ['MST', ['America/Denver', 'America/Phoenix']],
    ['CET', ['Europe/Berlin', 'Africa/Algiers']],
    ['CST', ['America/Chicago', 'America/Mexico_City', 'Asia/Shanghai']],
    ['USA', ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']],
    ['AEST', ['Australia/Sydney', 'Australia/Brisbane']],
    ['Valencia', ['America/Caracas', 'Europe/Madrid']],
  ])('%s finds one zone for each clock', (typed, zones) => {
    const found = match(typed);
    expect(found).toBeInstanceOf(Array);
    expect(found).toEqual(expect.arrayContaining(zones));
    expect(new Set([...(found ?? [])].map(clock)).size).toBe(found?.length);
  });
});

describe('short names and offsets of time zones', () => {
  test.each([
    ['UK', 'Europe/London'],
    ['England', 'Europe/London'],
    ['EDT', 'America/New_York'],
    ['PDT', 'America/Los_Angeles'],
    ['CEST', 'Europe/Berlin'],
    ['Germany', 'Europe/Berlin'],
    ['Washington', 'America/New_York'],
    ['UTC+1', 'Etc/GMT-1'],
    ['gmt+2', 'Etc/GMT-2'],
    ['utc -5', 'Etc/GMT+5'],
    ['UTC+14:00', 'Etc/GMT-14'],
    ['UTC+0', 'UTC'],
    ['GMT', 'UTC'],
    ['UTC+5:30', 'Asia/Kolkata'],
    ['GMT+05:45', 'Asia/Kathmandu'],
  ])('%s means the zone %s', (typed, zone) => {
    const found = match(typed);
    expect(typeof found).toBe('string');
    expect(clock(String(found))).toBe(clock(zone));
  });

  test.each(['UTC+15', 'GMT-13', 'UTC+1:07', '+05:00', '+', '...', 'Atlantis'])(
    '%s means no zone',
    (typed) => {
      expect(match(typed)).toBeUndefined();
    },
  );

  test('an offset is shown with its usual sign, and read back unchanged', () => {
    for (let hours = -12; hours <= 14; hours += 1) {
      const zone = match(`UTC${hours < 0 ? '' : '+'}${hours}`);
      expect(match(zoneLabel(String(zone)))).toBe(zone);
    }
    expect(zoneLabel('Etc/GMT-1')).toBe('UTC+1');
    expect(zoneLabel('Europe/Berlin')).toBe('Europe/Berlin');
  });
});

test.each([
  ['Wroclaw', 'Europe/Warsaw'],
  ['Lodz', 'Europe/Warsaw'],
  ['ıstanbul', 'Europe/Istanbul'],
  ['İstanbul', 'Europe/Istanbul'],
  ['Sao Paulo', 'America/Sao_Paulo'],
  ['america/new york', 'America/New_York'],
])('the text %s finds %s despite differences in accents, case or spaces', (typed, zone) => {
  expect(match(typed)).toBe(zone);
});

test.each([
  ['EST', 'America/New_York'],
  ['CEST', 'Europe/Berlin'],
  ['UK', 'Europe/London'],
  ['USA', 'America/Los_Angeles'],
  ['UTC+1', 'Etc/GMT-1'],
  ['gmt+2', 'Europe/Athens'],
  ['lodz', 'Europe/Warsaw'],
])('autocomplete of %s offers %s', (typed, zone) => {
  expect(
    finder
      .search(typed)
      .slice(0, 25)
      .map(({ name }) => name),
  ).toContain(zone);
});
