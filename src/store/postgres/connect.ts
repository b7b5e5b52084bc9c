import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StartError } from '../../lib/start-error.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Postgres } from './database.ts';
import { migrate, NewerSchemaError } from './schema.ts';

/** How long a start waits for a database server that does not answer yet, in milliseconds of real time. */
const WAIT_AT_START_MS = 60_000;
const RETRY_DELAY_MS = 1_000;
const MIGRATION_LOCK = `hashtextextended('concierge tables', 0)`;

/**
 * Waits until the database answers, then creates the tables if there are none, under an advisory lock. Throws with a sentence
 * for the operator, which never contains the password.
 */
export async function prepare(
  url: string,
  postgres: Postgres,
  log: Logger,
  waitMs = WAIT_AT_START_MS,
): Promise<void> {
  try {
    await waitFor(postgres, log, waitMs);
    await postgres.session(async (query) => {
      await query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
      try {
        await migrate(query);
      } finally {
        // If the connection is lost, the lock is released already.
        await query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => {});
      }
    });
  } catch (error) {
    // Whatever the wait was for may still come; anything else needs the operator.
    const kind = isTransient(error) ? 'passing' : 'lasting';
    throw new StartError(kind, startSentence(url, error), { cause: error });
  }
}

async function waitFor({ query }: Postgres, log: Logger, waitMs: number): Promise<void> {
  const end = performance.now() + waitMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await query('SELECT 1');
      return;
    } catch (error) {
      if (!isTransient(error) || performance.now() > end) throw error;
      if (attempt === 1) log.warn('database unavailable at start, retrying');
      await delay(RETRY_DELAY_MS);
    }
  }
}

/** Returns the SQLSTATE of the server's answer; undefined if there was none. */
function stateOf(error: unknown): string | undefined {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

/** Whether a retry may succeed: no server listens yet, or it is starting up, or has no free connection. */
function isTransient(error: unknown): boolean {
  const state = stateOf(error);
  return error instanceof StoreUnavailable && (state === undefined || /^(08|53|57)/.test(state));
}

function startSentence(url: string, error: unknown): string {
  const place = placeOf(url);
  const state = stateOf(error) ?? '';
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
  if (error instanceof NewerSchemaError) {
    return `The database ${place} cannot be used: it was created by a later version of the bot. Start that version.`;
  }
  if (state.startsWith('28')) {
    return `The database ${place} refuses the login (${reason}). Check the user and the password in DATABASE_URL.`;
  }
  if (state === '3D000') {
    return `The database ${place} does not exist (${reason}). Create it, or correct DATABASE_URL, then start again.`;
  }
  if (state === '42501') {
    return `The tables cannot be created in the database ${place} (${reason}). Grant the right: GRANT CREATE ON DATABASE … TO ….`;
  }
  return `The database ${place} cannot be reached (${reason}). Is PostgreSQL running there? Check DATABASE_URL, then start again.`;
}

/** Returns host, port and name of the database, without the login. */
function placeOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `${host}:${port}/${database ?? ''}`;
}
