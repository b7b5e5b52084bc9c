/** A value that was picked from a list: what is shown, and what is sent for it. */
export interface Picked {
  readonly name: string;
  readonly value: string;
}

/** A line that was sent, with the values that were picked for its options. */
interface SentLine {
  readonly text: string;
  readonly picked: ReadonlyMap<string, Picked>;
}

/** How many lines are remembered. */
const MAX_LINES = 100;

const lines: SentLine[] = [];
/** Which line is in the input again; undefined when something else is. */
let current: number | undefined;

/** Remembers a line that was sent. */
export function rememberLine(text: string, picked: ReadonlyMap<string, Picked>): void {
  if (lines.at(-1)?.text !== text) lines.push({ text, picked: new Map(picked) });
  if (lines.length > MAX_LINES) lines.shift();
}

/** Must be called when the input is changed by anything but `recallLine`. */
export function leaveLines(): void {
  current = undefined;
}

/**
 * Returns the line that was sent before (-1) or after (1) the one in the input; an empty one after the newest. Undefined when
 * there is none, or when something else is being typed.
 */
export function recallLine(typed: string, step: 1 | -1): SentLine | undefined {
  if (typed !== '' && current === undefined) return undefined;
  const index = (current ?? lines.length) + step;
  const isPastNewest = current !== undefined && index === lines.length;
  if (!lines[index] && !isPastNewest) return undefined;
  current = isPastNewest ? undefined : index;
  return lines[index] ?? { text: '', picked: new Map() };
}
