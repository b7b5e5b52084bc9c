import { setTimeout as delay } from 'node:timers/promises';
import { type Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { KeyedQueue } from '../../lib/keyed-queue.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Postgres } from './database.ts';

/** The schema of pg-boss's tables, apart from ours and from the pg-boss of another program. */
const SCHEMA = 'concierge_jobs';
const QUEUE = 'countdowns';
/** A process without a heartbeat for this long loses its claims. pg-boss allows no less. */
const HEARTBEAT_TIMEOUT_S = 10;
const HEARTBEAT_EVERY_MS = 3_000;
/** How often pg-boss looks for lost claims. With the heartbeat timeout it stays under the 15 seconds that the docs promise. */
const SUPERVISE_EVERY_S = 2;
/** Finished jobs are deleted after this time. */
const DELETE_FINISHED_AFTER_S = 60;
const HOUR_S = 3_600;
/** At a stop, pg-boss's maintenance has this long to finish. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Each entry has at most one job, created or active, so only one process at a time has claimed it. The job of a process that
 * died fails, and the next poll enqueues another.
 */
const JOBS = {
  policy: 'exclusive',
  heartbeatSeconds: HEARTBEAT_TIMEOUT_S,
  retryLimit: 0,
  // A claim lasts as long as its process sends heartbeats. After this time the work is taken to hang.
  expireInSeconds: HOUR_S,
  retentionSeconds: HOUR_S,
  deleteAfterSeconds: DELETE_FINISHED_AFTER_S,
} as const;

/** Returns an SQL condition: the entry has no job, created or active. Uses the index that makes jobs unique. */
export const notClaimed = (id: string) => `NOT EXISTS (
  SELECT FROM ${SCHEMA}.job WHERE name = '${QUEUE}' AND COALESCE(singleton_key, '') = ${id}
    AND state <= 'active' AND policy = '${JOBS.policy}')`;

const jobData = z.object({ countdownId: z.string() });

/** Which process has claimed which entry: a job of pg-boss for each claim. */
export interface JobClaims {
  /** Creates pg-boss's tables and starts its maintenance, once. */
  ready(): Promise<void>;
  /** Enqueues a job for each entry that has none. */
  enqueue(entryIds: readonly string[]): Promise<void>;
  /** Claims up to `limit` jobs. Returns the entries that this process had not claimed before. */
  claim(limit: number): Promise<string[]>;
  /** Ends claims. Never throws: a claim that could not be ended expires. */
  release(entryIds: readonly string[]): Promise<void>;
  /** Stops heartbeats and maintenance, within two seconds. */
  close(): Promise<void>;
}

/** Creates pg-boss without starting it. Its failures go to `logFailure`. */
function createBoss({ run }: Postgres, logFailure: (error: unknown) => void, log: Logger): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: run },
    schema: SCHEMA,
    superviseIntervalSeconds: SUPERVISE_EVERY_S,
    monitorIntervalSeconds: SUPERVISE_EVERY_S,
    maintenanceIntervalSeconds: DELETE_FINISHED_AFTER_S,
    schedule: false,
  });
  boss.on('error', logFailure);
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  return boss;
}

/** Creates the claims. The lock keeps processes from creating pg-boss's tables at the same time. */
export function createJobClaims(postgres: Postgres, withLock: KeyedQueue, log: Logger): JobClaims {
  const logFailure = (error: unknown) =>
    error instanceof StoreUnavailable
      ? log.debug({ reason: error.message }, 'pg-boss maintenance interrupted, database unavailable')
      : log.warn({ err: error }, 'pg-boss maintenance failed');
  const boss = createBoss(postgres, logFailure, log);

  /** The job of each entry that this process has claimed. */
  const jobIds = new Map<string, string>();
  let started: Promise<void> | undefined;
  const heartbeat = setInterval(() => {
    if (jobIds.size > 0) boss.touch(QUEUE, [...jobIds.values()]).catch(logFailure);
  }, HEARTBEAT_EVERY_MS).unref();

  // Under a lock: pg-boss fails if two processes create its tables at the same time.
  const start = () =>
    withLock('the start of pg-boss', async () => {
      await boss.start();
      await boss.createQueue(QUEUE, JOBS);
    });

  return {
    ready() {
      started ??= start().catch((error: unknown) => {
        started = undefined;
        throw error;
      });
      return started;
    },
    async enqueue(entryIds) {
      const jobs = entryIds.map((entryId) => ({ singletonKey: entryId, data: { countdownId: entryId } }));
      if (jobs.length > 0) await boss.insert(QUEUE, jobs);
    },
    async claim(limit) {
      const jobs: Job<unknown>[] = await boss.fetch(QUEUE, { batchSize: limit });
      const claimed: string[] = [];
      for (const { id, data } of jobs) {
        const { countdownId: entryId } = jobData.parse(data);
        // This process may fetch a new job for an entry whose claim it lost and which it is still processing.
        if (!jobIds.has(entryId)) claimed.push(entryId);
        jobIds.set(entryId, id);
      }
      return claimed;
    },
    async release(entryIds) {
      const jobs = entryIds.flatMap((id) => jobIds.get(id) ?? []);
      for (const id of entryIds) jobIds.delete(id);
      if (jobs.length > 0) await boss.complete(QUEUE, jobs).catch(logFailure);
    },
    async close() {
      clearInterval(heartbeat);
      if (!started) return;
      const stopped = boss.stop({ graceful: false }).catch(logFailure);
      await Promise.race([stopped, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}
