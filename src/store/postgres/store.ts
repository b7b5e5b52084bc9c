import { setTimeout as delay } from 'node:timers/promises';
import { documentsIn } from '../documents.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Store, StoreParts } from '../store.ts';
import { sharedTurns } from './advisory-locks.ts';
import { prepare } from './connect.ts';
import { openPostgres } from './database.ts';
import { postgresDocuments } from './documents.ts';
import { postgresDueQueue } from './due-queue.ts';
import { claimsIn } from './job-claims.ts';
import { sharedPace } from './rate-limiter.ts';

const REACHABLE_WITHIN_MS = 2_000;

/** The store of any number of processes. */
export async function openPostgresStore(
  url: string,
  { postsPerSecond, log }: StoreParts,
  patienceMs?: number,
): Promise<Store> {
  const postgres = openPostgres(url, log);
  await prepare(url, postgres, log, patienceMs).catch(async (error: unknown) => {
    await postgres.close();
    throw error;
  });
  const documents = postgresDocuments(postgres);
  const exclusively = sharedTurns(postgres);
  const claims = claimsIn(postgres, exclusively, log);

  async function answers(): Promise<void> {
    const [row] = await postgres.query('SELECT pg_is_in_recovery() AS standby');
    if (row?.['standby']) throw new StoreUnavailable('The database is a standby: it cannot be written.');
  }

  const pace = sharedPace(postgres, postsPerSecond);

  return {
    open: documentsIn(() => documents),
    queue: postgresDueQueue(postgres, claims),
    exclusively,
    pace,
    startPace: pace,
    async reachable() {
      const late = delay(REACHABLE_WITHIN_MS, undefined, { ref: false }).then(() => {
        throw new StoreUnavailable('The database does not answer in time.');
      });
      await Promise.race([answers(), late]);
    },
    async close() {
      await claims.close();
      await postgres.close();
    },
  };
}
