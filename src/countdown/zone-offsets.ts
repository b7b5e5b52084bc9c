/** IANA has whole hours as zones from twelve behind UTC to fourteen ahead of it. */
const MIN_HOURS = -12;
const MAX_HOURS = 14;

/** Parses an offset such as "UTC+1" or "gmt -03:30", not a bare one. Returns minutes ahead of UTC; undefined where it is none. */
export function parseOffset(typed: string): number | undefined {
  const match = /^(?:utc|gmt)\s*([+\-−–])\s*(\d{1,2})(?::?([0-5]\d))?(?:\s*h)?$/i.exec(typed.trim());
  if (!match) return undefined;
  const [, sign, hours = '', minutes = '0'] = match;
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === '+' ? offset : -offset;
}

/** Returns the zone of an offset in whole hours; undefined where there is none. IANA turns the sign around. */
export function zoneOfOffset(minutes: number): string | undefined {
  const hours = minutes / 60;
  if (hours === 0) return 'UTC';
  if (!Number.isInteger(hours) || hours < MIN_HOURS || hours > MAX_HOURS) return undefined;
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

/** Returns a zone's name for people: "UTC+1" for `Etc/GMT-1`, whose sign would mislead; else the name itself. */
export function zoneLabel(name: string): string {
  const [, sign, hours] = /^Etc\/GMT([+-])(\d{1,2})$/.exec(name) ?? [];
  return hours && hours !== '0' ? `UTC${sign === '-' ? '+' : '-'}${hours}` : name;
}
