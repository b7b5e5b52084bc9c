import { rawTimeZones } from '@vvo/tzdb';
import { findUnique, type Searchable } from '../lib/search.ts';

/** A time zone, findable by its name, its cities, its country. */
export interface Zone extends Searchable {
  name: string;
}

/** Each zone under the name of today; what its larger cities are called helps those who do not know it. */
const current: Zone[] = rawTimeZones.map(({ name, mainCities, alternativeName, countryName }) => ({
  name,
  names: [name, lastPart(name), ...mainCities, alternativeName, countryName],
}));

/** The other names of the same zones: older spellings and links, which IANA keeps valid. */
const others: Zone[] = rawTimeZones
  .flatMap(({ name, group }) => group.filter((other) => other !== name))
  .map((name) => ({ name, names: [name, lastPart(name)] }));

const zones: readonly Zone[] = [
  { name: 'UTC', names: ['UTC', 'Universal Time', 'GMT'] },
  ...current,
  ...others,
].filter((zone, at, all) => findZone(zone.name) && all.findIndex(({ name }) => name === zone.name) === at);

/** All IANA time zones, UTC first, then the names of today, then the older ones. */
export const allZones = (): readonly Zone[] => zones;

/** The IANA name as it is written, whatever the case typed; undefined where there is no such zone. No bare offsets. */
export function findZone(typed: string): string | undefined {
  if (!/^[a-z]/i.test(typed)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed.replaceAll(' ', '_'))
      .timeZoneId;
  } catch {
    return undefined;
  }
}

/** The zone that was typed: by its name, or by the one city or country that is called so. */
export function parseZone(typed: string): string | undefined {
  return findZone(typed) ?? findUnique(zones, typed)?.name;
}

function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}
