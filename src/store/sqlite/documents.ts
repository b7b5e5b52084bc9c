import type { DatabaseSync } from 'node:sqlite';
import type { DocumentStore } from '../documents.ts';

/** Their ids are read in pages of this many where all documents are looked through. */
const PAGE = 500;
/** What keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** keyv's store over the embedded database. */
export function createSqliteDocuments(db: DatabaseSync): DocumentStore {
  const get = db.prepare('SELECT value FROM documents WHERE key = ?');
  const set = db.prepare(
    'INSERT INTO documents VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM documents WHERE key = ?');
  const page = db.prepare('SELECT key FROM documents WHERE key > ? AND key < ? ORDER BY key LIMIT ?');
  return {
    get: async (key) => get.get(key)?.['value'],
    set: async (key, value: string) => {
      set.run(key, value);
      return true;
    },
    delete: async (key) => remove.run(key).changes > 0,
    async *ids(kind) {
      const from = `${kind}${NAMESPACE_END}`;
      let after = from;
      for (;;) {
        const keys = page.all(after, `${from}\u{10ffff}`, PAGE).map((row) => String(row['key']));
        for (const key of keys) yield key.slice(from.length);
        if (keys.length < PAGE) return;
        after = keys.at(-1) ?? after;
      }
    },
    clear: async () => {
      throw new Error('Clearing all documents is not something that this bot does.');
    },
  };
}
