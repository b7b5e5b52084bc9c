import { setTimeout as delay } from 'node:timers/promises';
import { type Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { KeyedQueue } from '../../lib/keyed-queue.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Postgres } from './database.ts';

/** pg-boss keeps its tables in a schema of its own, apart from ours and from another program's pg-boss. */
const SCHEMA = 'concierge_jobs';
const QUEUE = 'countdowns';
/** A process that has not been heard of for so long has lost what it had in hand. pg-boss allows no less. */
const SILENCE_S = 10;
const HEARTBEAT_MS = 3_000;
/** What was lost is found within this time. Together with the silence: under the 15 seconds that are promised. */
const LOOK_FOR_LOST_S = 2;
/** What is done leaves no trace for longer than this. */
const KEEP_DONE_S = 60;
const HOUR_S = 3_600;
/** At a stop, its upkeep has this long to finish what it is at. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Of each countdown there is at most one job, waiting or in hand, so that one process has it at a time. A job that is lost
 * with its process fails, and the next look at what is due sends another.
 */
const JOBS = {
  policy: 'exclusive',
  heartbeatSeconds: SILENCE_S,
  retryLimit: 0,
  // However long it takes, it is in hand as long as its process lives; longer than this it hangs.
  expireInSeconds: HOUR_S,
  retentionSeconds: HOUR_S,
  deleteAfterSeconds: KEEP_DONE_S,
} as const;

/** An SQL condition: no job stands for this countdown, waiting or in hand. By the index that keeps them single. */
export const notClaimed = (id: string) => `NOT EXISTS (
  SELECT FROM ${SCHEMA}.job WHERE name = '${QUEUE}' AND COALESCE(singleton_key, '') = ${id}
    AND state <= 'active' AND policy = '${JOBS.policy}')`;

const jobData = z.object({ countdownId: z.string() });

/** Who has which countdown in hand, among all processes: pg-boss's jobs. */
export interface JobClaims {
  /** Makes the tables of pg-boss and starts its upkeep, once. */
  ready(): Promise<void>;
  /** Offers countdowns to all processes; one that is offered or in hand already is left as it is. */
  enqueue(entryIds: readonly string[]): Promise<void>;
  /** Takes up to so many into this process's hand: those that it had not. */
  claim(most: number): Promise<string[]>;
  /** Lets go of what was taken. Never throws: what could not be told is found as lost. */
  release(entryIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function createJobClaims({ run }: Postgres, withLock: KeyedQueue, log: Logger): JobClaims {
  const boss = new PgBoss({
    db: { executeSql: run },
    schema: SCHEMA,
    superviseIntervalSeconds: LOOK_FOR_LOST_S,
    monitorIntervalSeconds: LOOK_FOR_LOST_S,
    maintenanceIntervalSeconds: KEEP_DONE_S,
    schedule: false,
  });
  const tell = (error: unknown) =>
    error instanceof StoreUnavailable
      ? log.debug({ reason: error.message }, 'the upkeep of claims waits for the database')
      : log.warn({ err: error }, 'the upkeep of claims failed');
  boss.on('error', tell);
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));

  /** The job of each countdown that is in hand. */
  const held = new Map<string, string>();
  let started: Promise<void> | undefined;
  const heartbeat = setInterval(() => {
    if (held.size > 0) boss.touch(QUEUE, [...held.values()]).catch(tell);
  }, HEARTBEAT_MS).unref();

  // In turn: two that make the tables of pg-boss at the same moment get in each other's way.
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
    async claim(most) {
      const jobs: Job<unknown>[] = await boss.fetch(QUEUE, { batchSize: most });
      const taken: string[] = [];
      for (const { id, data } of jobs) {
        const { countdownId: entryId } = jobData.parse(data);
        // A claim that was lost while the work went on comes back to the same hand.
        if (!held.has(entryId)) taken.push(entryId);
        held.set(entryId, id);
      }
      return taken;
    },
    async release(entryIds) {
      const jobs = entryIds.flatMap((id) => held.get(id) ?? []);
      for (const id of entryIds) held.delete(id);
      if (jobs.length > 0) await boss.complete(QUEUE, jobs).catch(tell);
    },
    async close() {
      clearInterval(heartbeat);
      if (!started) return;
      const stopped = boss.stop({ graceful: false }).catch(tell);
      await Promise.race([stopped, delay(CLOSE_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}
