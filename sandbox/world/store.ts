import { DatabaseSync } from 'node:sqlite';

/** The kinds of stored entities. A guild is one row, with its channels, roles and members. */
type EntityKind = 'meta' | 'user' | 'guild' | 'direct' | 'command' | 'message' | 'nonce';

/** Stores the world. It survives `kill -9` at any moment. */
export interface Store {
  /** Returns all entities of a kind, in no order. */
  load<T>(kind: EntityKind): T[];
  save(kind: EntityKind, id: string, value: unknown): void;
  remove(kind: EntityKind, id: string): void;
  /** Runs `change`. What it saves is stored together, or not at all when it throws. */
  transaction<T>(change: () => T): T;
  close(): void;
}

const SCHEMA_VERSION = 1;

/**
 * Opens the SQLite file at `path`, or creates it. Throws when another sandbox or another version uses it. A `save` that
 * has returned survives the end of the process. `synchronous = NORMAL` gives up only power cuts, for writes of 20 µs.
 */
export function openStore(path: string): Store {
  const db = new DatabaseSync(path);
  try {
    // Two sandboxes on one world would overwrite each other. The lock ends with the process.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  } catch (cause) {
    db.close();
    throw new Error(`${path} is in use by another sandbox.`, { cause });
  }
  const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version !== 0 && version !== SCHEMA_VERSION) {
    db.close();
    throw new Error(
      `${path} was written by another version of the sandbox (${version}): use another --state folder.`,
    );
  }
  db.exec(`
    CREATE TABLE IF NOT EXISTS thing (kind TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
    PRAGMA user_version = ${SCHEMA_VERSION};`);
  const select = db.prepare('SELECT json FROM thing WHERE kind = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO thing (kind, id, json) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM thing WHERE kind = ? AND id = ?');

  return {
    // `save` wrote these rows under the same schema version, so the type is that of the writer.
    load: <T>(kind: EntityKind) => select.all(kind).map((row) => JSON.parse(String(row['json'])) as T),
    save: (kind, id, value) => {
      upsert.run(kind, id, JSON.stringify(value));
    },
    remove: (kind, id) => {
      drop.run(kind, id);
    },
    transaction(change) {
      if (db.isTransaction) return change();
      db.exec('BEGIN');
      try {
        const result = change();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
