import type { DestinationStream } from 'pino';

/** The fields that every line has, which tell a reader at a terminal nothing. */
const COMMON_FIELDS: readonly string[] = ['level', 'time', 'pid', 'hostname', 'msg', 'err'];

/** From these levels on, pino's numbers have a word (documentation of pino: "Logger Levels"). */
const WORDS = [
  [50, 'Error: '],
  [40, 'Warning: '],
] as const;

interface LogLine {
  readonly level?: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [field: string]: unknown;
}

/** Returns a destination for pino that writes each line of JSON as a sentence, for people who read along. */
export const createTerminalLog = (write: (text: string) => void): DestinationStream => ({
  write: (json) => write(`${describeLogLine(json)}\n`),
});

/** Returns a line of the log as a sentence: the message, and its fields in brackets. An error ends with its stack. */
export function describeLogLine(json: string): string {
  const line = JSON.parse(json) as LogLine;
  const { level = 0, msg = '', err } = line;
  const word = WORDS.find(([from]) => level >= from)?.[1] ?? '';
  const message = (msg || err?.message || 'no message').replace(/[.\s]+$/, '');
  const fields = Object.entries(line)
    .filter(([name]) => !COMMON_FIELDS.includes(name))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const cause = err?.message && err.message !== msg ? [`error: ${err.message}`] : [];
  const details = [...fields, ...cause];
  const sentence = `${word}${message.charAt(0).toUpperCase()}${message.slice(1)}${details.length > 0 ? ` (${details.join(', ')})` : ''}.`;
  return level >= 50 && err?.stack ? `${sentence}\n${err.stack}` : sentence;
}
