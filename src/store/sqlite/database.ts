import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { COUNTER_SCHEMA, type CommitCounter, checkCount, startCounting } from './commit-counter.ts';
import { isSmall, pidFileOf, refuseLostFile, sizeOf, withOpenError, writePid } from './file.ts';
import { createStatements, type Statements } from './statements.ts';

/** An open SQLite database: one file, which only this process has open. */
export interface Sqlite extends Statements {
  db: DatabaseSync;
  /** Whether there was no file before. */
  isNew: boolean;
  /** Closes the file and releases its lock. */
  close(): void;
}

const IN_MEMORY = ':memory:';
const NO_COUNTER: CommitCounter = { note() {}, close() {} };

/**
 * Opens the database file and creates it if needed. Throws with a sentence for the operator if it cannot be used. Each write is
 * on the disk before it returns: the ledger must survive a power loss.
 */
export function openSqlite(path: string): Sqlite {
  const isFile = path !== IN_MEMORY;
  if (isFile) refuseLostFile(path);
  const isNew = isFile && sizeOf(path) === undefined;
  const db = withOpenError(path, () => new DatabaseSync(path));
  try {
    withOpenError(path, () => {
      prepare(db, isSmall(path));
      if (isFile && !isNew) checkCount(db, path);
    });
  } catch (error) {
    db.close();
    // A file that could not be filled would be refused at the next start.
    if (isNew && sizeOf(path) === 0) rmSync(path, { force: true });
    throw error;
  }
  // Only tells operators who holds the lock. The lock is SQLite's own and ends with the process, even after a crash.
  if (isFile) writePid(path);
  const counter = isFile ? startCounting(db, path) : NO_COUNTER;
  const stopCheckpoints = startCheckpoints(db);
  return {
    db,
    isNew,
    ...createStatements(db, counter.note),
    close() {
      stopCheckpoints();
      db.close();
      counter.close();
      if (isFile) rmSync(pidFileOf(path), { force: true });
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
    ${COUNTER_SCHEMA}
    PRAGMA user_version = ${VERSION};
  `);
  if (mustCheck) checkIntegrity(db);
}

function checkIntegrity(db: DatabaseSync): void {
  const row = db.prepare('PRAGMA quick_check(1)').get();
  const result = Object.values(row ?? {})[0];
  if (result !== 'ok') throw new Error(`malformed: ${result}`);
}
