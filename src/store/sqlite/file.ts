import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { StartError, type StartErrorKind } from '../../lib/start-error.ts';
import { countFileOf, LostChangesError } from './commit-counter.ts';

/**
 * A file up to this size is checked for damage at the start, before anything is posted: its pages and each document. That takes
 * a moment.
 */
const MAX_CHECKED_BYTES = 32 * 1024 * 1024;

/** Returns whether a database file is so small that all of it is checked at the start. */
export const isSmall = (path: string) => (sizeOf(path) ?? 0) <= MAX_CHECKED_BYTES;

/** Returns the size of a file in bytes; undefined if there is none. */
export function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch {
    return undefined;
  }
}

/**
 * Throws with a sentence if the file is empty, or missing beside its log. SQLite would make an empty database of it, and delete
 * the log.
 */
export function refuseLostFile(path: string): void {
  const size = sizeOf(path);
  const log = `${path}-wal`;
  const hasLog = (sizeOf(log) ?? 0) > 0;
  if (size === 0) {
    const files = hasLog ? `${path} and ${log}` : path;
    throw new StartError(
      'lasting',
      `The file ${path} is empty (0 bytes)${hasLog ? ' beside its write-ahead log' : ''}: it has lost its data. Restore a copy; or, to begin with a new database, delete ${files}. Then start again.`,
    );
  }
  if (size === undefined && hasLog) {
    throw new StartError(
      'lasting',
      `The database ${path} is missing, but its write-ahead log ${log} is there. Put the database back or restore a copy; or, to begin with a new database, delete ${log}. Then start again.`,
    );
  }
}

/** Writes the process id, for the error message of a second process. The lock does not depend on it. */
export function writePid(path: string): void {
  try {
    writeFileSync(pidFileOf(path), `${process.pid}\n`);
  } catch {
    // The folder may not allow new files.
  }
}

/** The path of the file with the process id. */
export const pidFileOf = (path: string) => `${path}.pid`;

/** Returns ` (process 123)` for the process that holds the file, or nothing if its id is not known. */
function holderOf(path: string): string {
  try {
    return ` (process ${readFileSync(pidFileOf(path), 'utf8').trim()})`;
  } catch {
    return '';
  }
}

/** Runs the work; turns an error into a sentence for the operator. */
export function withOpenError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { kind, sentence } = describeOpenError(path, error);
    throw new StartError(kind, sentence, { cause: error });
  }
}

/** What keeps the database from being opened: `passing` may be over at the next start. */
function describeOpenError(path: string, error: unknown): { kind: StartErrorKind; sentence: string } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof LostChangesError) {
    const sentence = `The database ${path} has lost its last ${error.lost} changes: its write-ahead log is cut off or damaged. Restore a copy; or, to go on without them, delete ${countFileOf(path)}. Then start again.`;
    return { kind: 'lasting', sentence };
  }
  if (/locked|busy/i.test(reason)) {
    const sentence = `The database ${path} is in use by another process${holderOf(path)}. Stop that one first.`;
    return { kind: 'passing', sentence };
  }
  if (/full|disk i\/o/i.test(reason)) {
    const sentence = `The database ${path} cannot be written (${reason}). Is the disk full? Make room, then start again.`;
    return { kind: 'passing', sentence };
  }
  if (/not a database|malformed/i.test(reason)) {
    const sentence = `The file ${path} is not a database, or it is damaged. Move it away or restore a copy, then start again.`;
    return { kind: 'lasting', sentence };
  }
  const isNewer = /later version/.test(reason);
  const sentence = `The database ${path} cannot be opened (${reason}). Check that its folder exists and can be written to.`;
  return { kind: isNewer ? 'lasting' : 'passing', sentence };
}
