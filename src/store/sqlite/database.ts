import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The embedded store: one file, opened by one process. */
export interface Sqlite {
  db: DatabaseSync;
  close(): void;
}

/**
 * Opens (and makes) the database file. Each write is on the disk before it returns: what the ledger says must survive
 * power loss. Throws with a sentence where the file cannot be used.
 */
export function openSqlite(path: string): Sqlite {
  const db = orSay(path, () => new DatabaseSync(path));
  try {
    orSay(path, () => prepare(db, isSmall(path)));
  } catch (error) {
    db.close();
    throw error;
  }
  // Only a name for the operator: the lock itself is the database's, and ends with the process however it ends.
  const holder = path === ':memory:' ? undefined : holderFile(path);
  if (holder) noteHolder(holder);
  const stopKeeping = keepUpToDate(db);
  return {
    db,
    close() {
      stopKeeping();
      db.close();
      if (holder) rmSync(holder, { force: true });
    },
  };
}

/** The file is this much behind its log at most, in milliseconds of real time. */
const BEHIND_MS = 500;

/**
 * What the log holds is on the disk, and a crash loses none of it. The file itself is kept up to date beside it, so that a
 * log that is lost or damaged after a crash loses next to nothing.
 */
function keepUpToDate(db: DatabaseSync): () => void {
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  const changes = db.prepare('SELECT total_changes() AS changes');
  let known: unknown;
  const timer = setInterval(() => {
    try {
      const now = changes.get()?.['changes'];
      if (now !== known) checkpoint.get();
      known = now;
    } catch {
      // A disk that is full: the next write meets it too, and tells.
    }
  }, BEHIND_MS).unref();
  return () => clearInterval(timer);
}

/** The version of the tables. A file of a later version is not touched. */
const VERSION = 1;

function prepare(db: DatabaseSync, check: boolean): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > VERSION) throw new Error(`it was made by a later version of the bot (${version})`);
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    -- Not with each write, which would wait for the disk thrice: see \`keepUpToDate\`.
    PRAGMA wal_autocheckpoint = 0;
    -- What is forgotten is overwritten, not only unlinked.
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
  if (check) checkWhole(db);
}

function orSay<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(openSentence(path, error), { cause: error });
  }
}

/** A file up to this size is read through at the start: it takes a moment, and damage is told before anything is posted. */
const SMALL_BYTES = 32 * 1024 * 1024;

function isSmall(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= SMALL_BYTES;
}

function checkWhole(db: DatabaseSync): void {
  const found = db.prepare('PRAGMA quick_check(1)').get();
  const verdict = Object.values(found ?? {})[0];
  if (verdict !== 'ok') throw new Error(`malformed: ${verdict}`);
}

/** A hint for the next process; where it cannot be written, the lock works all the same. */
function noteHolder(file: string): void {
  try {
    writeFileSync(file, `${process.pid}\n`);
  } catch {
    // The folder may allow no new files.
  }
}

const holderFile = (path: string) => `${path}.pid`;

function holderOf(path: string): string {
  try {
    return ` (process ${readFileSync(holderFile(path), 'utf8').trim()})`;
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
