import { KeyvPostgres, type KeyvPostgresOptions } from '@keyv/postgres';
import type { DocumentStore } from '../documents.ts';
import type { Query } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Number of ids read at a time when all documents are listed. */
const PAGE_SIZE = 500;
/** The separator that keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** The part of keyv's adapter that is used. */
type Adapter = Pick<KeyvPostgres, 'get' | 'set' | 'delete' | 'on'>;
const OpenAdapter = KeyvPostgres as unknown as new (options: KeyvPostgresOptions) => Adapter;

/**
 * Creates a keyv store over PostgreSQL: keyv's own adapter with three changes.
 *
 * It uses our pool and tables. Its own pool has no error listener, so a lost idle connection would end the process. Its own
 * start alters the table, which blocks other processes. A failed write throws: the adapter would only emit an event. Ids are
 * listed by kind, which the adapter cannot do.
 */
export function createPostgresDocuments(query: Query): DocumentStore {
  class PoolAdapter extends OpenAdapter {
    init(): Promise<Query> {
      return Promise.resolve(query);
    }
  }
  const adapter = new PoolAdapter({ schema: SCHEMA, table: 'documents' });
  adapter.on('error', (error: Error) => {
    throw error;
  });

  return {
    get: (key) => adapter.get(key),
    set: (key, value) => adapter.set(key, value),
    delete: (key) => adapter.delete(key),
    async replace(key, seen, value) {
      const rows =
        seen === undefined
          ? await query(
              `INSERT INTO ${SCHEMA}.documents (key, value) VALUES ($1, $2)
               ON CONFLICT (key, COALESCE(namespace, '')) DO NOTHING RETURNING key`,
              [key, value],
            )
          : await query(
              `UPDATE ${SCHEMA}.documents SET value = $2
               WHERE key = $1 AND COALESCE(namespace, '') = '' AND value = $3 RETURNING key`,
              [key, value, seen],
            );
      return rows.length > 0;
    },
    async *ids(kind) {
      const from = `${kind}${NAMESPACE_END}`;
      let after = '';
      for (;;) {
        // `starts_with` works with any collation of the index.
        const rows = await query(
          `SELECT key FROM ${SCHEMA}.documents WHERE starts_with(key, $1) AND key > $2 ORDER BY key LIMIT $3`,
          [from, after, PAGE_SIZE],
        );
        for (const { key } of rows) yield String(key).slice(from.length);
        if (rows.length < PAGE_SIZE) return;
        after = String(rows.at(-1)?.['key']);
      }
    },
    clear: async () => {
      throw new Error('Clearing all documents is not supported.');
    },
  };
}
