import { setTimeout as delay } from 'node:timers/promises';
import { createDocuments } from '../documents.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Store, StoreOptions } from '../store.ts';
import { createAdvisoryLocks } from './advisory-locks.ts';
import { prepare } from './connect.ts';
import { openPostgres } from './database.ts';
import { createPostgresDocuments } from './documents.ts';
import { createPostgresDueQueue } from './due-queue.ts';
import { createJobClaims } from './job-claims.ts';
import { createSharedRateLimiter } from './rate-limiter.ts';

const REACHABLE_WITHIN_MS = 2_000;

/** The store of any number of processes. */
export async function openPostgresStore(
  url: string,
  { postsPerSecond, log }: StoreOptions,
  patienceMs?: number,
): Promise<Store> {
  const postgres = openPostgres(url, log);
  await prepare(url, postgres, log, patienceMs).catch(async (error: unknown) => {
    await postgres.close();
    throw error;
  });
  const documents = createPostgresDocuments(postgres);
  const withLock = createAdvisoryLocks(postgres);
  const claims = createJobClaims(postgres, withLock, log);

  async function answers(): Promise<void> {
    const [row] = await postgres.query('SELECT pg_is_in_recovery() AS standby');
    if (row?.['standby']) throw new StoreUnavailable('The database is a standby: it cannot be written.');
  }

  const pace = createSharedRateLimiter(postgres, postsPerSecond);

  return {
    open: createDocuments(() => documents),
    queue: createPostgresDueQueue(postgres, claims),
    withLock,
    acquireSlot: pace,
    acquireStartupSlot: pace,
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
