import type { Findable } from '../answers/find.ts';

/** A time zone, findable by its city, its region, or its whole name. */
export interface Zone extends Findable {
  name: string;
}

const zones: readonly Zone[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((name) => ({
  name,
  names: [name, name.split('/').at(-1) ?? name],
}));

/** All IANA time zones that the machine knows, UTC first. */
export const allZones = (): readonly Zone[] => zones;

/** The IANA name as it is written, whatever the case typed; undefined where there is no such zone. No bare offsets. */
export function zoneNamed(typed: string): string | undefined {
  if (!/^[a-z]/i.test(typed)) return undefined;
  const known = zones.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
  if (known) return known.name;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
