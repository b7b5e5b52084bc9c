import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StoreNotWritable, StoreUnavailable } from '../errors.ts';

/** One row of a result, by column. */
export type Row = Readonly<Record<string, unknown>>;
/** Runs a statement and returns its rows. */
export type Query = (text: string, values?: unknown[]) => Promise<Row[]>;
/** Runs a statement and returns the driver's result. For a text with several statements the driver returns a list of results. */
export type Run = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** A PostgreSQL database over a pool of connections, which reconnects by itself. */
export interface Postgres {
  /** Runs a statement. Throws `StoreUnavailable` if the database does not answer or cannot serve at the moment. */
  query: Query;
  /** The same, with the driver's whole result. */
  run: Run;
  /** Runs the work on a connection of its own, for transactions and advisory locks. */
  session<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Closes all connections, within two seconds. */
  close(): Promise<void>;
}

/** Connections of one process. PostgreSQL's default is 100 for all clients together. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** The server cancels a statement after this time. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** The client gives up a little later, if the server does not answer at all. */
const QUERY_TIMEOUT_MS = 12_000;
/** A suspended process loses its locks after this time. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** At a stop, running statements have this long. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * The SQLSTATE classes of bugs: unknown table, value out of range, constraint violation. All other errors are transient, such as
 * a refused connection, a statement timeout or a server that has become a standby.
 */
const BUG_STATES = /^(0A|22|23|42)/;
/** The SQLSTATEs of a database that cannot be written: a read-only standby, a full disk. */
const NOT_WRITABLE_STATES: ReadonlySet<string | undefined> = new Set(['25006', '53100']);

/** Creates the pool. The first statement opens a connection. */
export function openPostgres(url: string, log: Logger): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'concierge',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener, the error of an idle connection would end the process.
  pool.on('error', ({ message }) => log.debug({ reason: message }, 'idle database connection lost'));

  const run: Run = (text, values) => pool.query(text, values).catch(fail);
  return {
    run,
    query: async (text, values) => (await run(text, values)).rows,
    async session(work) {
      let failure: Error | undefined;
      const onError = (error: Error) => {
        failure = error;
      };
      // The listener is added in the callback: the connection may fail before an `await` continues.
      const client = await new Promise<pg.PoolClient>((resolve, reject) =>
        pool.connect((error, connected) => {
          connected?.on('error', onError);
          if (connected) resolve(connected);
          else reject(error);
        }),
      ).catch(fail);
      try {
        return await work((text, values) => client.query(text, values).then(({ rows }) => rows, fail));
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
        throw error;
      } finally {
        client.off('error', onError);
        // With an error, the pool closes the connection: it may be inside a transaction.
        client.release(failure);
      }
    },
    async close() {
      await Promise.race([pool.end(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

/** Throws the error as it is if it is a bug, otherwise as `StoreUnavailable`. */
function fail(error: unknown): never {
  if (error instanceof pg.DatabaseError && BUG_STATES.test(error.code ?? '')) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof pg.DatabaseError && NOT_WRITABLE_STATES.has(error.code)) {
    throw new StoreNotWritable(`The database cannot be written: ${reason}`, { cause: error });
  }
  throw new StoreUnavailable(`The database does not answer: ${reason}`, { cause: error });
}
