import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StoreUnavailable } from '../errors.ts';
import type { Postgres } from './database.ts';
import { migrate, NewerSchemaError } from './schema.ts';

/** A database server that does not answer yet is waited for so long. */
const PATIENCE_MS = 60_000;
const TRY_AGAIN_MS = 1_000;
const LOCK = `hashtextextended('concierge tables', 0)`;

/**
 * Waits for the database, and makes the tables where there are none; processes that start together do so one after the
 * other. Throws with a sentence for the operator, which never holds the password.
 */
export async function prepare(
  url: string,
  postgres: Postgres,
  log: Logger,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  try {
    await waitFor(postgres, log, patienceMs);
    await postgres.session(async (query) => {
      await query(`SELECT pg_advisory_lock(${LOCK})`);
      try {
        await migrate(query);
      } finally {
        // It goes with the connection, where that was lost.
        await query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {});
      }
    });
  } catch (error) {
    throw new Error(startSentence(url, error), { cause: error });
  }
}

async function waitFor({ query }: Postgres, log: Logger, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    try {
      await query('SELECT 1');
      return;
    } catch (error) {
      if (!passes(error) || performance.now() > end) throw error;
      if (tries === 1) log.warn('the database does not answer yet; it is waited for');
      await delay(TRY_AGAIN_MS);
    }
  }
}

/** What the server answered, by its SQLSTATE; undefined where there was no answer. */
function stateOf(error: unknown): string | undefined {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

/** Whether waiting helps: nothing listens there yet, or it is starting up, or it is full. */
function passes(error: unknown): boolean {
  const state = stateOf(error);
  return error instanceof StoreUnavailable && (state === undefined || /^(08|53|57)/.test(state));
}

function startSentence(url: string, error: unknown): string {
  const place = placeOf(url);
  const state = stateOf(error) ?? '';
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
  if (error instanceof NewerSchemaError) {
    return `The database ${place} cannot be used: it was made by a later version of the bot. Start that version.`;
  }
  if (state.startsWith('28')) {
    return `The database ${place} refuses the login (${reason}). Check the user and the password in DATABASE_URL.`;
  }
  if (state === '3D000') {
    return `The database ${place} is not there (${reason}). Create it, or correct DATABASE_URL, then start again.`;
  }
  if (state === '42501') {
    return `The tables cannot be made in the database ${place} (${reason}). Allow it: GRANT CREATE ON DATABASE … TO ….`;
  }
  return `The database ${place} cannot be reached (${reason}). Is PostgreSQL running there? Check DATABASE_URL, then start again.`;
}

/** Host and name of the database, without the login. */
function placeOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `${host}:${port}/${database ?? ''}`;
}
