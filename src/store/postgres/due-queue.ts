import {
  createChangeListeners,
  type DueClaims,
  type DueEntry,
  type DueQueue,
  type DueReport,
  type DueSchedule,
} from '../due-queue.ts';
import type { AdvisoryLocks } from './advisory-locks.ts';
import type { Query, Row } from './database.ts';
import { type JobClaims, notClaimed } from './job-claims.ts';
import { SCHEMA } from './schema.ts';

/** Number of rows read or changed at a time: a statement has a time limit. */
const PAGE_SIZE = 5_000;
const TABLE = `${SCHEMA}.due`;

/**
 * Creates the due queue that processes share. An indexed table says *when* an entry is due, by the injected clock; pg-boss says
 * *who* has claimed it. Each process enqueues a job for each due entry, then claims jobs of all processes.
 */
export function createPostgresDueQueue(
  { query, afterWrite }: Pick<AdvisoryLocks, 'query' | 'afterWrite'>,
  claims: JobClaims,
): DueQueue {
  const { onChange, notify } = createChangeListeners();
  return {
    ...createSchedule(query, () => afterWrite(notify)),
    ...createClaims(query, claims, onChange),
    ...createReport(query),
  };
}

function createSchedule(query: Query, notify: () => void): DueSchedule {
  return {
    async enqueue({ entryId, ownerId, at, release, fingerprint }) {
      await query(
        `INSERT INTO ${TABLE} (id, guild, at, release, basis) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, release = excluded.release, basis = excluded.basis`,
        [entryId, ownerId, at?.epochMilliseconds ?? null, release, fingerprint],
      );
      notify();
    },
    async remove(entryId) {
      await query(`DELETE FROM ${TABLE} WHERE id = $1`, [entryId]);
      notify();
    },
    async refresh(release, fingerprint, now) {
      // In pages; the condition excludes rows that an earlier page has changed.
      let changed: Row[];
      do {
        changed = await query(
          `UPDATE ${TABLE} SET at = $1, basis = $3 WHERE id IN (
             SELECT id FROM ${TABLE} WHERE release = $2 AND (basis < $3 OR basis > $3) AND (at IS NULL OR at > $1)
             LIMIT ${PAGE_SIZE}) RETURNING id`,
          [now.epochMilliseconds, release, fingerprint],
        );
      } while (changed.length === PAGE_SIZE);
      notify();
    },
    async releases() {
      const rows = await query(`SELECT DISTINCT release FROM ${TABLE}`);
      return rows.map(({ release }) => String(release));
    },
  };
}

function createClaims(query: Query, claims: JobClaims, onChange: DueClaims['onChange']): DueClaims {
  /** Returns which of the claimed entries are still due: another process may have processed one since its job was enqueued. */
  async function stillDue(claimed: readonly string[], now: number): Promise<DueEntry[]> {
    const rows = await query(
      `SELECT id, guild, at FROM ${TABLE} WHERE id = ANY($1) AND at <= $2 ORDER BY at, id`,
      [claimed, now],
    );
    return rows.map((row) => ({ ...idsOf(row), at: instant(row['at']) }));
  }

  return {
    shared: true,
    onChange,
    // `claims` excludes what this process has claimed already.
    async claim(now, _claimed, limit) {
      const ms = now.epochMilliseconds;
      await claims.ready();
      // Reads the index no further than `limit`: a hundred thousand entries may be due at the same instant.
      const unclaimed = await query(
        `SELECT id FROM ${TABLE} WHERE at <= $1 AND ${notClaimed('due.id')} ORDER BY at LIMIT $2`,
        [ms, limit],
      );
      await claims.enqueue(unclaimed.map(({ id }) => String(id)));
      const claimed = await claims.claim(limit);
      if (claimed.length === 0) return [];

      let entries: DueEntry[] = [];
      try {
        entries = await stillDue(claimed, ms);
        return entries;
      } finally {
        const returned = new Set(entries.map(({ entryId }) => entryId));
        await claims.release(claimed.filter((id) => !returned.has(id)));
      }
    },
    release: (entryId) => claims.release([entryId]),
    async nextAt(claimed) {
      const [row] = await query(
        `SELECT at FROM ${TABLE} WHERE at IS NOT NULL AND NOT id = ANY($1) ORDER BY at LIMIT 1`,
        [[...claimed]],
      );
      return row ? instant(row['at']) : null;
    },
  };
}

function createReport(query: Query): DueReport {
  return {
    async backlog(now) {
      const [row] = await query(`SELECT count(*) AS number FROM ${TABLE} WHERE at <= $1`, [
        now.epochMilliseconds,
      ]);
      return Number(row?.['number']);
    },
    async *entries() {
      let after = '';
      for (;;) {
        const rows = await query(`SELECT * FROM ${TABLE} WHERE id > $1 ORDER BY id LIMIT ${PAGE_SIZE}`, [
          after,
        ]);
        for (const row of rows) {
          const { at, release, basis } = row;
          yield {
            ...idsOf(row),
            at: at === null ? null : instant(at),
            release: String(release),
            fingerprint: String(basis),
          };
        }
        if (rows.length < PAGE_SIZE) return;
        after = String(rows.at(-1)?.['id']);
      }
    },
  };
}

const idsOf = ({ id, guild }: Row) => ({ entryId: String(id), ownerId: String(guild) });
const instant = (ms: unknown) => Temporal.Instant.fromEpochMilliseconds(Number(ms));
