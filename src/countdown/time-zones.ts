import { rawTimeZones } from '@vvo/tzdb';
import { createSearchIndex, matchesByPrefix, normalize, type Searchable } from '../lib/search.ts';
import { BEST_KNOWN, CAPITALS, SHORT_NAMES } from './zone-names.ts';
import { parseOffset, zoneOfOffset } from './zone-offsets.ts';

/** A time zone with all its names: its own, and those of its cities, country and times. */
export interface Zone extends Searchable {
  name: string;
  /** The cities that come before namesakes elsewhere: the one in the zone's name, and capitals. */
  cities: readonly string[];
}

/** What a typed text means: one zone, several whose clocks differ, or none. */
export type ZoneMatch =
  | { kind: 'zone'; name: string }
  | { kind: 'several'; names: string[] }
  | { kind: 'none' };

/** Finds time zones by what people type. */
export interface ZoneFinder {
  /** Returns the zones that match what was typed so far, best first; all of them where nothing was typed. */
  search(typed: string): Zone[];
  /**
   * Returns the zone that is meant. Where zones with different clocks have the name, returns one of each clock. The beginning of
   * a name counts only where all zones that match have the same clock.
   */
  match(typed: string): ZoneMatch;
}

/** The zones under today's names, with all that people may call them. */
const current: Zone[] = rawTimeZones.map((zone) => {
  const { name, group, mainCities, alternativeName, countryName, abbreviation } = zone;
  const times = [alternativeName, countryName, abbreviation, zone.dstAbbreviation ?? ''].filter(Boolean);
  const cities = [lastPart(name), ...(CAPITALS[name] ?? [])];
  const short = times.flatMap((time) => SHORT_NAMES[time] ?? []);
  const withoutSlash = group.filter((alias) => !alias.includes('/'));
  return { name, cities, names: [name, ...cities, ...mainCities, ...times, ...short, ...withoutSlash] };
});

/** Older names and links of the same zones, which IANA keeps valid. */
const aliases: Zone[] = rawTimeZones
  .flatMap(({ name, group }) => group.filter((alias) => alias !== name && alias.includes('/')))
  .map((name) => ({ name, cities: [], names: [name, lastPart(name)] }));

const zones: readonly Zone[] = [
  { name: 'UTC', cities: ['UTC'], names: ['UTC', 'Universal Time', 'GMT'] },
  ...current,
  ...aliases,
].filter(
  (zone, index, all) => findZone(zone.name) && all.findIndex(({ name }) => name === zone.name) === index,
);

/** Returns all IANA time zones: UTC, then today's names, then older ones. */
export const allZones = (): readonly Zone[] => zones;

/** Returns the IANA name of a zone, typed in any case; undefined where there is none. Accepts no offsets. */
export function findZone(typed: string): string | undefined {
  if (!/^[a-z]/i.test(typed)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed.replaceAll(' ', '_'))
      .timeZoneId;
  } catch {
    return undefined;
  }
}

/** Text that is the name of one zone and nothing else. "EST", "CET" and the like are names of times in many places. */
const IANA_NAME = /\/|^(utc|gmt|zulu|[a-z]{3}\d[a-z]{3})$/i;

/** More matches by the beginning of a word are too vague. */
const MAX_PREFIX_MATCHES = 40;

/** Creates a finder. It normalizes all names once, at the first use. */
export function createZoneFinder(): ZoneFinder {
  let loaded: ReturnType<typeof createNameIndex> | undefined;
  const load = () => {
    loaded ??= createNameIndex();
    return loaded;
  };

  return {
    search(typed) {
      const offset = parseOffset(typed);
      if (offset === undefined) return load().search(typed);
      const name = zoneOfOffset(offset);
      const places = zonesAtOffset(offset);
      return name ? [{ name, cities: [], names: [name] }, ...places] : places;
    },
    match(typed) {
      const offset = parseOffset(typed);
      if (offset !== undefined) return matchOffset(offset);
      const name = IANA_NAME.test(typed.trim()) ? findZone(typed.trim()) : undefined;
      return name ? { kind: 'zone', name } : matchName(load(), typed);
    },
  };
}

function createNameIndex() {
  const { search } = createSearchIndex(zones);
  const entries = zones.map((zone) => ({
    zone,
    cities: zone.cities.map(normalize),
    names: zone.names.map(normalize),
  }));
  return { search, entries };
}

function matchName({ entries }: ReturnType<typeof createNameIndex>, typed: string): ZoneMatch {
  const wanted = normalize(typed);
  if (!wanted) return { kind: 'none' };
  const own = entries.filter(({ cities }) => cities.includes(wanted));
  const named = own.length > 0 ? own : entries.filter(({ names }) => names.includes(wanted));
  if (named.length > 0) return matchOf(named.map(({ zone }) => zone.name));

  const begun = entries.filter(({ names }) => names.some((name) => matchesByPrefix(name, wanted)));
  if (begun.length > MAX_PREFIX_MATCHES) return { kind: 'none' };
  const match = matchOf(begun.map(({ zone }) => zone.name));
  return match.kind === 'zone' ? match : { kind: 'none' };
}

/** One zone where all have the same clock; else the best known zone of each clock. */
function matchOf(names: readonly string[]): ZoneMatch {
  const byClock = Map.groupBy(names, clockOf);
  const [first, ...others] = [...byClock.values()].map(bestKnown).sort(byFame);
  if (!first) return { kind: 'none' };
  return others.length === 0 ? { kind: 'zone', name: first } : { kind: 'several', names: [first, ...others] };
}

const fameOf = (name: string) => {
  const rank = BEST_KNOWN.indexOf(name);
  return rank < 0 ? BEST_KNOWN.length : rank;
};
const byFame = (a: string, b: string) => fameOf(a) - fameOf(b);
const bestKnown = (names: readonly string[]): string => [...names].sort(byFame)[0] ?? '';

/** An offset with minutes has no zone of its own, so the places that keep it all year are meant, if their clocks agree. */
function matchOffset(minutes: number): ZoneMatch {
  const name = zoneOfOffset(minutes);
  if (name) return { kind: 'zone', name };
  const places = zonesAtOffset(minutes).map((zone) => zone.name);
  const fixed = places.filter((place) => !clockOf(place).includes(' '));
  if (fixed.length > 0) return matchOf(fixed);
  return places.length > 0 ? { kind: 'several', names: places } : { kind: 'none' };
}

/** The zones whose time is that far ahead of UTC without summer time. */
function zonesAtOffset(minutes: number): Zone[] {
  const names = new Set(
    rawTimeZones.filter((zone) => zone.rawOffsetInMinutes === minutes).map(({ name }) => name),
  );
  return zones.filter(({ name }) => names.has(name));
}

/** Clocks are compared over these years: countdowns reach at most ten years ahead. */
const CLOCK_FROM = Temporal.Instant.from('2026-01-01T00:00:00Z');
const CLOCK_UNTIL_YEAR = 2037;

/** Returns a text that is equal for zones with the same time at every instant; it has a space for each change of offset. */
function clockOf(zone: string): string {
  let moment = CLOCK_FROM.toZonedDateTimeISO(zone);
  const changes: string[] = [moment.offset];
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (!next || next.year >= CLOCK_UNTIL_YEAR) return changes.join(' ');
    changes.push(`${next.epochMilliseconds}${next.offset}`);
    moment = next;
  }
}

function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}
