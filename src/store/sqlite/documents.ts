import type { DocumentStore } from '../documents.ts';
import type { Statements } from './statements.ts';

/** Number of ids read at a time when all documents are listed. */
const PAGE_SIZE = 500;
/** The separator that keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** Creates a keyv store over the SQLite database. */
export function createSqliteDocuments(db: Statements): DocumentStore {
  const get = db.prepare('SELECT value FROM documents WHERE key = ?');
  const set = db.prepare(
    'INSERT INTO documents VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const insert = db.prepare('INSERT INTO documents VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  const update = db.prepare('UPDATE documents SET value = ? WHERE key = ? AND value = ?');
  const remove = db.prepare('DELETE FROM documents WHERE key = ?');
  const page = db.prepare('SELECT key FROM documents WHERE key > ? AND key < ? ORDER BY key LIMIT ?');
  return {
    get: async (key) => get.get(key)?.['value'],
    set: async (key, value: string) => {
      set.run(key, value);
      return true;
    },
    replace: async (key, seen, value) => {
      const { changes } = seen === undefined ? insert.run(key, value) : update.run(value, key, seen);
      return Number(changes) > 0;
    },
    delete: async (key) => remove.run(key).changes > 0,
    async *ids(kind) {
      const from = `${kind}${NAMESPACE_END}`;
      let after = from;
      for (;;) {
        const keys = page.all(after, `${from}\u{10ffff}`, PAGE_SIZE).map((row) => String(row['key']));
        for (const key of keys) yield key.slice(from.length);
        if (keys.length < PAGE_SIZE) return;
        after = keys.at(-1) ?? after;
      }
    },
    clear: async () => {
      throw new Error('Clearing all documents is not supported.');
    },
  };
}
