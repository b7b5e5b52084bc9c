import type { DatabaseSync } from 'node:sqlite';
import type { KeyvBridgeStore } from 'keyv';

/** Documents are read in pages of this many where all are looked through. */
const PAGE = 500;
/** What keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** keyv's store over the embedded database. */
export function sqliteStore(db: DatabaseSync): KeyvBridgeStore {
  const get = db.prepare('SELECT value FROM documents WHERE key = ?');
  const set = db.prepare(
    'INSERT INTO documents VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM documents WHERE key = ?');
  const page = db.prepare('SELECT key, value FROM documents WHERE key > ? AND key < ? ORDER BY key LIMIT ?');
  return {
    get: async (key) => get.get(key)?.['value'],
    set: async (key, value: string) => {
      set.run(key, value);
      return true;
    },
    delete: async (key) => remove.run(key).changes > 0,
    async *iterator(prefix = '') {
      const from = prefix === '' ? '' : `${prefix}${NAMESPACE_END}`;
      let after = from;
      for (;;) {
        const rows = page.all(after, `${from}\u{10ffff}`, PAGE);
        for (const row of rows) yield [row['key'], row['value']];
        if (rows.length < PAGE) return;
        after = String(rows.at(-1)?.['key']);
      }
    },
    clear: async () => {
      throw new Error('Clearing all documents is not something that this bot does.');
    },
  };
}
