import { KeyvPostgres, type KeyvPostgresOptions } from '@keyv/postgres';
import type { DocumentStore } from '../documents.ts';
import type { Postgres, Query } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Their ids are read in pages of this many where all documents are looked through. */
const PAGE = 500;
/** What keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** The adapter as far as it is used, and what it begins with. */
type Adapter = Pick<KeyvPostgres, 'get' | 'set' | 'delete' | 'on'>;
const OpenAdapter = KeyvPostgres as unknown as new (options: KeyvPostgresOptions) => Adapter;

/**
 * keyv's store over PostgreSQL: its own adapter, with three of its habits undone.
 *
 * It keeps connections to which nobody can listen, so that one that breaks while nobody uses it would end the process; and it
 * alters its table at each start, for which all other processes have to wait. So it begins with our connections, and with a
 * table that is there. It tells of a failed write by an event and goes on: here the listener throws, which makes the write
 * fail. And its listing knows no kinds.
 */
export function createPostgresDocuments({ query }: Postgres): DocumentStore {
  class AdapterOnOurs extends OpenAdapter {
    init(): Promise<Query> {
      return Promise.resolve(query);
    }
  }
  const adapter = new AdapterOnOurs({ schema: SCHEMA, table: 'documents' });
  adapter.on('error', (error: Error) => {
    throw error;
  });

  return {
    get: (key) => adapter.get(key),
    set: (key, value) => adapter.set(key, value),
    delete: (key) => adapter.delete(key),
    async *ids(kind) {
      const from = `${kind}${NAMESPACE_END}`;
      let after = '';
      for (;;) {
        // By the index on the key, whatever its order of letters is.
        const rows = await query(
          `SELECT key FROM ${SCHEMA}.documents WHERE starts_with(key, $1) AND key > $2 ORDER BY key LIMIT $3`,
          [from, after, PAGE],
        );
        for (const { key } of rows) yield String(key).slice(from.length);
        if (rows.length < PAGE) return;
        after = String(rows.at(-1)?.['key']);
      }
    },
    clear: async () => {
      throw new Error('Clearing all documents is not something that this bot does.');
    },
  };
}
