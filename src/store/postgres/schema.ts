import type { Query } from './database.ts';

/** The schema of all our tables: the database may be shared with other programs. */
export const SCHEMA = 'concierge';

/** The schema version. A database with a later version is refused, unchanged. */
const VERSION = 1;

/** Creates the tables if there are none. Throws `NewerSchemaError`. Call it in one process at a time. */
export async function migrate(query: Query): Promise<void> {
  await query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  const [row] = await query(`SELECT obj_description('${SCHEMA}'::regnamespace) AS about`);
  const version = Number(/\d+/.exec(String(row?.['about']))?.[0] ?? 0);
  if (version > VERSION)
    throw new NewerSchemaError(`The database was created by a later version of the bot (schema ${version}).`);
  if (version === VERSION) return;
  await query(`
    -- The same table as keyv's adapter would create: the adapter reads and writes it.
    CREATE TABLE ${SCHEMA}.documents (key varchar(255) NOT NULL, value text, namespace varchar(255), expires bigint);
    CREATE UNIQUE INDEX documents_key_namespace_idx ON ${SCHEMA}.documents (key, COALESCE(namespace, ''));
    CREATE TABLE ${SCHEMA}.due (
      id text PRIMARY KEY,
      guild text NOT NULL,
      at bigint,
      release text NOT NULL,
      basis text NOT NULL
    );
    CREATE INDEX due_at ON ${SCHEMA}.due (at);
    CREATE INDEX due_release ON ${SCHEMA}.due (release, basis);
    -- One row: the instant at which the next post may be sent, by the database's clock.
    CREATE TABLE ${SCHEMA}.pace (one boolean PRIMARY KEY DEFAULT true CHECK (one), next timestamptz NOT NULL);
    COMMENT ON SCHEMA ${SCHEMA} IS 'tables of version ${VERSION}';
  `);
}

/** The database was created by a later version of the bot. */
export class NewerSchemaError extends Error {
  override name = 'NewerSchemaError';
}
