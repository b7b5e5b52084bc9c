import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/**
 * Counts the changes of the database in the database itself, and in a file beside it. If the database has fewer than the file,
 * changes were lost: SQLite itself ignores a write-ahead log from its first damaged record on, without an error.
 */
export interface CommitCounter {
  /** Writes the count into the file beside the database. */
  note(): void;
  /** Removes the file: a closed database has no log that could be damaged. */
  close(): void;
}

/** Changes are missing from the database. */
export class LostChangesError extends Error {
  override name = 'LostChangesError';
  readonly lost: number;

  constructor(lost: number) {
    super(`${lost} changes are missing`);
    this.lost = lost;
  }
}

const COUNTED = ['documents', 'due'].flatMap((table) =>
  ['INSERT', 'UPDATE', 'DELETE'].map((event) => ({ table, event })),
);

/** Creates the table of the counter, and the triggers that count. The table has one row. */
export const COUNTER_SCHEMA = `
  CREATE TABLE IF NOT EXISTS commits (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL);
  INSERT OR IGNORE INTO commits VALUES (1, 0);
  ${COUNTED.map(
    ({
      table,
      event,
    }) => `CREATE TRIGGER IF NOT EXISTS count_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
      BEGIN UPDATE commits SET count = count + 1; END;`,
  ).join('\n')}
`;

/** The path of the file beside the database. */
export const countFileOf = (path: string) => `${path}.commits`;

/** Long enough for any count: the file is overwritten in place, which needs no room on the disk. */
const DIGITS = 16;

/** Throws a `LostChangesError` if the database has fewer changes than the file beside it. */
export function checkCount(db: DatabaseSync, path: string): void {
  const lost = notedCount(path) - countOf(db);
  if (lost > 0) throw new LostChangesError(lost);
}

/** Starts to count. The file is not flushed to the disk: after a power loss it may have too few, but never too many. */
export function startCounting(db: DatabaseSync, path: string): CommitCounter {
  const file = countFileOf(path);
  const count = db.prepare('SELECT count FROM commits');
  const fd = tryTo(() => openSync(file, 'w'));
  const note = () => {
    const digits = String(count.get()?.['count']).padStart(DIGITS, '0');
    // The count then stays too low, which only means that less is noticed.
    if (fd !== undefined) tryTo(() => writeSync(fd, `${digits}\n`, 0));
  };
  note();
  return {
    note,
    close() {
      if (fd === undefined) return;
      closeSync(fd);
      rmSync(file, { force: true });
    },
  };
}

const countOf = (db: DatabaseSync) => Number(db.prepare('SELECT count FROM commits').get()?.['count']);

/** The count in the file; 0 if there is none, or if a power loss has left something else in it. */
function notedCount(path: string): number {
  const text = tryTo(() => readFileSync(countFileOf(path), 'utf8')) ?? '';
  return /^\d{16}\n$/.test(text) ? Number(text) : 0;
}

/** The folder may not allow new files, or the disk may be full: the database works without the file. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
