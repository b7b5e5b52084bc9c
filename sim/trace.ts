import { createHash } from 'node:crypto';
import type { VirtualTime } from './virtual-time.ts';

/** What happened, in order. The same seed gives the same trace on any machine. */
export interface Trace {
  /** Adds a line with the time. */
  add(line: string): void;
  /** Notes that something of interest was seen at least once. */
  mark(name: string): void;
  readonly marks: ReadonlyMap<string, number>;
  /** The last lines. */
  tail(): readonly string[];
  hash(): string;
}

const TAIL = 4_000;

/** Creates an empty trace. */
export function createTrace(time: VirtualTime): Trace {
  const hash = createHash('sha256');
  const marks = new Map<string, number>();
  const lines: string[] = [];
  return {
    marks,
    add(line) {
      const text = `${new Date(time.now()).toISOString()} ${line}`;
      hash.update(`${text}\n`);
      lines.push(text);
      if (lines.length > 2 * TAIL) lines.splice(0, TAIL);
    },
    mark: (name) => void marks.set(name, (marks.get(name) ?? 0) + 1),
    tail: () => lines.slice(-TAIL),
    hash: () => hash.copy().digest('hex').slice(0, 16),
  };
}
