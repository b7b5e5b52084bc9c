import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** An open SQLite database: one file, which only this process has open. */
export interface Sqlite {
  db: DatabaseSync;
  /** Closes the file and releases its lock. */
  close(): void;
}

/**
 * Opens the database file and creates it if needed. Throws with a sentence for the operator if it cannot be used. Each write is
 * on the disk before it returns: the ledger must survive a power loss.
 */
export function openSqlite(path: string): Sqlite {
  const db = withOpenError(path, () => new DatabaseSync(path));
  try {
    withOpenError(path, () => prepare(db, isSmall(path)));
  } catch (error) {
    db.close();
    throw error;
  }
  // Only tells operators who holds the lock. The lock is SQLite's own and ends with the process, even after a crash.
  const pidFile = path === ':memory:' ? undefined : pidFileOf(path);
  if (pidFile) writePid(pidFile);
  const stopCheckpoints = startCheckpoints(db);
  return {
    db,
    close() {
      stopCheckpoints();
      db.close();
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

/** How often the write-ahead log is copied into the file, in milliseconds of real time. */
const CHECKPOINT_EVERY_MS = 500;

/**
 * Checkpoints the write-ahead log after changes; returns a function that stops it. The log alone survives a crash. With frequent
 * checkpoints, a log that is lost or damaged costs almost nothing.
 */
function startCheckpoints(db: DatabaseSync): () => void {
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  const changes = db.prepare('SELECT total_changes() AS changes');
  let lastCount: unknown;
  const timer = setInterval(() => {
    try {
      const count = changes.get()?.['changes'];
      if (count !== lastCount) checkpoint.get();
      lastCount = count;
    } catch {
      // The disk may be full: then the next write throws and reports it.
    }
  }, CHECKPOINT_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** The schema version. A file with a later version is refused, unchanged. */
const VERSION = 1;

function prepare(db: DatabaseSync, mustCheck: boolean): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > VERSION) throw new Error(`it was created by a later version of the bot (schema ${version})`);
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    -- A checkpoint in each write would wait for the disk three times: see \`startCheckpoints\`.
    PRAGMA wal_autocheckpoint = 0;
    -- Deleted data is overwritten, not only unlinked.
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS due (
      id TEXT PRIMARY KEY,
      guild TEXT NOT NULL,
      at INTEGER,
      release TEXT NOT NULL,
      basis TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS due_at ON due (at);
    CREATE INDEX IF NOT EXISTS due_release ON due (release, basis);
    PRAGMA user_version = ${VERSION};
  `);
  if (mustCheck) checkIntegrity(db);
}

/** Runs the work; turns an error into a sentence for the operator. */
function withOpenError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(openSentence(path, error), { cause: error });
  }
}

/** A file up to this size is checked for damage at the start, before anything is posted: that takes a moment. */
const MAX_CHECKED_BYTES = 32 * 1024 * 1024;

function isSmall(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= MAX_CHECKED_BYTES;
}

function checkIntegrity(db: DatabaseSync): void {
  const row = db.prepare('PRAGMA quick_check(1)').get();
  const result = Object.values(row ?? {})[0];
  if (result !== 'ok') throw new Error(`malformed: ${result}`);
}

/** Writes the process id, for the error message of a second process. The lock does not depend on it. */
function writePid(file: string): void {
  try {
    writeFileSync(file, `${process.pid}\n`);
  } catch {
    // The folder may not allow new files.
  }
}

const pidFileOf = (path: string) => `${path}.pid`;

/** Returns ` (process 123)` for the process that holds the file, or nothing if its id is not known. */
function holderOf(path: string): string {
  try {
    return ` (process ${readFileSync(pidFileOf(path), 'utf8').trim()})`;
  } catch {
    return '';
  }
}

function openSentence(path: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(reason)) {
    return `The database ${path} is in use by another process${holderOf(path)}. Stop that one first.`;
  }
  if (/full|disk i\/o/i.test(reason)) {
    return `The database ${path} cannot be written (${reason}). Is the disk full? Make room, then start again.`;
  }
  if (/not a database|malformed/i.test(reason)) {
    return `The file ${path} is not a database, or it is damaged. Move it away or restore a copy, then start again.`;
  }
  return `The database ${path} cannot be opened (${reason}). Check that its folder exists and can be written to.`;
}
