import type { DatabaseSync } from 'node:sqlite';
import { Keyv, KeyvBridgeAdapter, type KeyvBridgeStore } from 'keyv';
import type { z } from 'zod';

/** Documents of one kind, by id. A failed read or write throws: it never looks like "not there". */
export interface Documents<T> {
  get(id: string): Promise<T | undefined>;
  set(id: string, document: T): Promise<void>;
  delete(id: string): Promise<void>;
  /** The ids of all documents of the kind, in pages, whatever their number. */
  ids(): AsyncIterable<string>;
}

/** Opens the documents of a kind; the store decides where they are kept. */
export type OpenDocuments = <T>(kind: string, schema: z.ZodType<T>) => Documents<T>;

/**
 * Documents in keyv. Two habits of keyv are undone here. With an `error` listener it turns failures into `undefined` and
 * `false`, so none is attached; and `set` may answer `false`, which throws here.
 */
export function documentsIn(store: () => KeyvBridgeStore): OpenDocuments {
  return (kind, schema) => {
    const keyv = new Keyv({ store: new KeyvBridgeAdapter(store()), namespace: kind, stats: false });
    return {
      async get(id) {
        const value: unknown = await keyv.get(id);
        if (value === undefined) return undefined;
        const parsed = schema.safeParse(value);
        if (parsed.success) return parsed.data;
        throw new Error(`The stored ${kind} "${id}" is damaged: ${parsed.error.message}`);
      },
      async set(id, document) {
        if ((await keyv.set(id, document)) !== true)
          throw new Error(`The ${kind} "${id}" could not be stored.`);
      },
      async delete(id) {
        await keyv.delete(id);
      },
      async *ids() {
        for await (const [key] of keyv.iterator()) yield String(key);
      },
    };
  };
}

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
