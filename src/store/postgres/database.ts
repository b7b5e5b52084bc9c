import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StoreUnavailable } from '../errors.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Query = (text: string, values?: unknown[]) => Promise<Row[]>;
/** What the driver makes of a text that holds several statements is a result for each. */
export type Run = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** A PostgreSQL database, over a few connections that come back by themselves once it does. */
export interface Postgres {
  /** Runs a statement. Throws `StoreUnavailable` where the database does not answer or cannot serve just now. */
  query: Query;
  /** The same, with all that the driver tells of it. */
  run: Run;
  /** Runs the work with a connection of its own. */
  session<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connections of one process. PostgreSQL allows 100 in all where nobody has changed it. */
const CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 5_000;
/** A statement is given up by the server after this time, and by us a little later where the server does not even say so. */
const STATEMENT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 12_000;
/** A process that stands still while it holds a lock loses it after this time. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** At a stop, what is still asked of the database has this long. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * The SQLSTATE classes that mean a mistake of ours: an unknown table, a value out of range, a constraint broken. Everything
 * else, from a connection refused over a statement that took too long to a server that has become a standby, passes.
 */
const MISTAKES = /^(0A|22|23|42)/;

/** Opens no connection yet: the first statement does. */
export function openPostgres(url: string, log: Logger): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'concierge',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  });
  // Unheard, a connection that breaks while nobody uses it would end the process.
  pool.on('error', ({ message }) => log.debug({ reason: message }, 'a connection to the database was lost'));

  const run: Run = (text, values) => pool.query(text, values).catch(fail);
  return {
    run,
    query: async (text, values) => (await run(text, values)).rows,
    async session(work) {
      let broken: Error | undefined;
      const note = (error: Error) => {
        broken = error;
      };
      // Heard from the very moment at which the pool hands it over: an error may be on its heels.
      const client = await new Promise<pg.PoolClient>((resolve, reject) =>
        pool.connect((error, connected) => {
          connected?.on('error', note);
          if (connected) resolve(connected);
          else reject(error);
        }),
      ).catch(fail);
      try {
        return await work((text, values) => client.query(text, values).then(({ rows }) => rows, fail));
      } catch (error) {
        broken ??= error instanceof Error ? error : new Error(String(error));
        throw error;
      } finally {
        client.off('error', note);
        // One that failed is not used again: it may be in the middle of something.
        client.release(broken);
      }
    },
    async close() {
      await Promise.race([pool.end(), delay(CLOSE_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}

function fail(error: unknown): never {
  if (error instanceof pg.DatabaseError && MISTAKES.test(error.code ?? '')) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new StoreUnavailable(`The database does not answer: ${reason}`, { cause: error });
}
