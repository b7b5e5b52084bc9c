import { MAX_MILESTONE_DAYS, MAX_MILESTONES } from './countdown.ts';

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

/**
 * Parses milestones: a preset's name, or days before the date such as "30,7,1,0", where 0 is the day itself. Returns each once,
 * the farthest first; undefined where the text is neither, or holds too many or too far ones.
 */
export function parseMilestones(typed: string): number[] | undefined {
  const name = typed.trim().toLowerCase();
  if (Object.hasOwn(PRESETS, name)) return [...PRESETS[name as Preset]];
  // A preset may be typed as autocomplete shows it: "The last week: 7, 1, 0".
  const shown = name.slice(name.lastIndexOf(':') + 1);
  const parts = shown.split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0 || parts.some((part) => !/^\d{1,3}$/.test(part))) return undefined;
  const days = [...new Set(parts.map(Number))].sort((a, b) => b - a);
  if (days.length > MAX_MILESTONES || days.some((day) => day > MAX_MILESTONE_DAYS)) return undefined;
  return days;
}

/** Whether any character of a text can be seen. Fillers such as U+3164 and the blank Braille pattern count as letters, but cannot. */
export function hasVisibleCharacter(text: string): boolean {
  return /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]/u.test(text);
}

/** Parses a time of day such as "09:00", "21.30", "9am" or "9:30 pm". Returns HH:MM; undefined where it is none. */
export function parseTime(typed: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?(?:m\.?)?)?$/i.exec(typed.trim());
  if (!match) return undefined;
  const [, hours = '', minutes, half] = match;
  if (minutes === undefined && half === undefined) return undefined;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const minute = Number(minutes ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
