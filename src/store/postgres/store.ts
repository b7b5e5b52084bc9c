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
import { SCHEMA } from './schema.ts';

const REACHABLE_TIMEOUT_MS = 2_000;

/** Opens the store that any number of processes share. Throws with a sentence for the operator if it cannot be used. */
export async function openPostgresStore(
  url: string,
  { postsPerSecond, log }: StoreOptions,
  waitMs?: number,
): Promise<Store> {
  const postgres = openPostgres(url, log);
  await prepare(url, postgres, log, waitMs).catch(async (error: unknown) => {
    await postgres.close();
    throw error;
  });
  const locks = createAdvisoryLocks(postgres);
  const { withLock } = locks;
  const documents = createPostgresDocuments(locks.query);
  const claims = createJobClaims(postgres, withLock, log);

  /** Writes the row of the rate limiter as it is: a read would not notice a standby or a full disk. */
  async function checkWritable(): Promise<void> {
    await postgres.query(
      `INSERT INTO ${SCHEMA}.pace AS pace (next) VALUES (clock_timestamp())
       ON CONFLICT (one) DO UPDATE SET next = pace.next`,
    );
  }

  const acquireSlot = createSharedRateLimiter(postgres, postsPerSecond);

  return {
    open: createDocuments(() => documents),
    queue: createPostgresDueQueue(locks, claims),
    withLock,
    acquireSlot,
    acquireStartupSlot: acquireSlot,
    async reachable() {
      const timeout = delay(REACHABLE_TIMEOUT_MS, undefined, { ref: false }).then(() => {
        throw new StoreUnavailable('The database does not answer in time.');
      });
      await Promise.race([checkWritable(), timeout]);
    },
    async close() {
      await claims.close();
      await postgres.close();
    },
  };
}
