/** Words before a time: "at 8pm", "um 20 Uhr". */
const BEFORE = /^(?:at|@|um|à|às|alle|om|kl\.?)\s*(?=\d|noon|midday|midnight)/i;
const WORDS: Readonly<Record<string, string>> = { noon: '12:00', midday: '12:00', midnight: '00:00' };
const CLOCK =
  /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:(a|p)\.?(?:m\.?)?|in the (morning|afternoon|evening)|(uhr|h)|o['’]?clock)?$/i;

/**
 * Reads a time of day such as "09:00", "21.30", "9am", "20h", "20 Uhr" or "noon". Returns each time that it may mean, as HH:MM: none
 * where it is no time, and two where an hour alone, such as "8", may be in the morning or in the evening.
 */
export function readTimes(typed: string): string[] {
  const text = typed.trim().replace(BEFORE, '').toLowerCase();
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word) return [word];
  const match = CLOCK.exec(text);
  if (!match) return [];
  const [, hours = '', minutes, half, part, unit] = match;
  const minute = Number(minutes ?? 0);
  const hour = Number(hours);
  const isLate = half === 'p' || part === 'afternoon' || part === 'evening';
  if (half || part) return hour < 1 || hour > 12 ? [] : timesOf([(hour % 12) + (isLate ? 12 : 0)], minute);
  const isHourAlone = minutes === undefined && !unit && !hours.startsWith('0') && hour <= 12;
  return timesOf(isHourAlone ? [hour % 12, (hour % 12) + 12] : [hour], minute);
}

function timesOf(hours: readonly number[], minute: number): string[] {
  if (minute > 59 || hours.some((hour) => hour > 23)) return [];
  const pad = (count: number) => String(count).padStart(2, '0');
  return hours.map((hour) => `${pad(hour)}:${pad(minute)}`);
}
