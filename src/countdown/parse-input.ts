import { MAX_MILESTONE_DAYS, MAX_MILESTONE_MINUTES, MAX_MILESTONES } from './countdown.ts';

/** When a countdown posts: so many days before, where 0 is the day itself or its start, and so many minutes before the start. */
export interface Milestones {
  /** The farthest first. */
  days: number[];
  /** The farthest first; only a date with an hour may have them. */
  minutes: number[];
}

/** Named sets of milestones, in days before the date. */
export const PRESETS = {
  standard: [30, 7, 1, 0],
  day: [0],
  week: [7, 1, 0],
  long: [100, 50, 30, 14, 7, 3, 1, 0],
  final: [7, 6, 5, 4, 3, 2, 1, 0],
} as const satisfies Record<string, readonly number[]>;
/** The name of a set. */
export type Preset = keyof typeof PRESETS;

/** Words that may stand between numbers. */
const WORDS: Readonly<Record<string, readonly number[]>> = { now: [0], daily: PRESETS.final };

/** The units in which a milestone may be typed, each with its minutes. */
const UNITS: Readonly<Record<string, number>> = { w: 7 * 24 * 60, d: 24 * 60, h: 60, m: 1 };
const UNIT = '(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)';

/**
 * Parses milestones: a preset's name, days before the date such as "30,7,1,0", where 0 is the day itself, or times such as
 * "7d, 1d, 2h, 15m, now". "daily" is each day of the last week. Returns each once, the farthest first; undefined where the text is
 * none of these, or holds too many or too far ones.
 */
export function parseMilestones(typed: string): Milestones | undefined {
  const name = typed.trim().toLowerCase();
  if (Object.hasOwn(PRESETS, name)) return { days: [...PRESETS[name as Preset]], minutes: [] };
  // A preset may be typed as autocomplete shows it: "The last week: 7, 1, 0".
  const shown = name.slice(name.lastIndexOf(':') + 1);
  const joined = shown.replace(new RegExp(`(\\d)\\s+(?=${UNIT}(?:[\\s,;]|$))`, 'g'), '$1');
  const parts = joined
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(parsePart);
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const days = distinct(parts.flatMap((part) => part?.days ?? []));
  const minutes = distinct(parts.flatMap((part) => part?.minutes ?? []));
  const isTooFar =
    days.some((count) => count > MAX_MILESTONE_DAYS) || (minutes[0] ?? 0) > MAX_MILESTONE_MINUTES;
  return isTooFar || days.length + minutes.length > MAX_MILESTONES ? undefined : { days, minutes };
}

function parsePart(part: string): Milestones | undefined {
  if (Object.hasOwn(WORDS, part)) return { days: [...(WORDS[part] ?? [])], minutes: [] };
  const match = new RegExp(`^(\\d{1,6})(${UNIT})?$`).exec(part);
  if (!match) return undefined;
  const [, count = '', unit = 'd'] = match;
  if (!match[2] && count.length > 3) return undefined;
  const minutes = Number(count) * (UNITS[unit.charAt(0)] ?? 0);
  const isDays = minutes === 0 || /^[wd]/.test(unit);
  return isDays ? { days: [minutes / (24 * 60)], minutes: [] } : { days: [], minutes: [minutes] };
}

const distinct = (counts: readonly number[]) => [...new Set(counts)].sort((a, b) => b - a);

/** Returns milestones as they are typed: "30, 7, 1, 0", or "7d, 2h, now" where there are hours or minutes. */
export function formatMilestones({ days, minutes }: Milestones): string {
  if (minutes.length === 0) return days.join(', ');
  return [
    ...days.filter((count) => count > 0).map((count) => `${count}d`),
    ...minutes.map((count) => (count % 60 === 0 ? `${count / 60}h` : `${count}m`)),
    ...(days.includes(0) ? ['now'] : []),
  ].join(', ');
}

/** Whether any character of a text can be seen. Fillers such as U+3164 and the blank Braille pattern count as letters, but cannot. */
export function hasVisibleCharacter(text: string): boolean {
  return /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]/u.test(text);
}
