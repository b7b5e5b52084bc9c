import type { DueEntry, DueQueue } from '../due-queue.ts';
import type { Postgres, Row } from './database.ts';
import { type JobClaims, notClaimed } from './job-claims.ts';
import { SCHEMA } from './schema.ts';

/** Entries are read and changed in pages of this many where there may be a great many. */
const PAGE = 5_000;

/**
 * The due queue that processes share. *When* a countdown is due stands in an indexed table, compared with the instant of the
 * clock that is handed in; *who* has it in hand is pg-boss's. Each process that looks offers what has come due to all of them,
 * then takes what it can from what is offered.
 */
export function createPostgresDueQueue({ query }: Postgres, claims: JobClaims): DueQueue {
  const due = `${SCHEMA}.due`;

  /** Which of the taken are still due: one may have been offered just before another process was done with it. */
  async function stillDue(taken: readonly string[], now: number): Promise<DueEntry[]> {
    const rows = await query(
      `SELECT id, guild, at FROM ${due} WHERE id = ANY($1) AND at <= $2 ORDER BY at, id`,
      [taken, now],
    );
    return rows.map((row) => ({ ...placed(row), at: instant(row['at']) }));
  }

  return {
    shared: true,
    async enqueue({ entryId, ownerId, at, release, fingerprint }) {
      await query(
        `INSERT INTO ${due} (id, guild, at, release, basis) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, release = excluded.release, basis = excluded.basis`,
        [entryId, ownerId, at?.epochMilliseconds ?? null, release, fingerprint],
      );
    },
    async remove(entryId) {
      await query(`DELETE FROM ${due} WHERE id = $1`, [entryId]);
    },
    // What this process has in hand, its claims know.
    async claim(now, _inHand, most) {
      const ms = now.epochMilliseconds;
      await claims.ready();
      // By the index alone, and no further than needed: a hundred thousand may be due at the same instant.
      const waiting = await query(
        `SELECT id FROM ${due} WHERE at <= $1 AND ${notClaimed('due.id')} ORDER BY at LIMIT $2`,
        [ms, most],
      );
      await claims.enqueue(waiting.map(({ id }) => String(id)));
      const taken = await claims.claim(most);
      if (taken.length === 0) return [];

      let entries: DueEntry[] = [];
      try {
        entries = await stillDue(taken, ms);
        return entries;
      } finally {
        const handedOut = new Set(entries.map(({ entryId }) => entryId));
        await claims.release(taken.filter((id) => !handedOut.has(id)));
      }
    },
    release: (entryId) => claims.release([entryId]),
    async nextAt(inHand) {
      const [row] = await query(
        `SELECT at FROM ${due} WHERE at IS NOT NULL AND NOT id = ANY($1) ORDER BY at LIMIT 1`,
        [[...inHand]],
      );
      return row ? instant(row['at']) : null;
    },
    async backlog(now) {
      const [row] = await query(`SELECT count(*) AS number FROM ${due} WHERE at <= $1`, [
        now.epochMilliseconds,
      ]);
      return Number(row?.['number']);
    },
    async refresh(release, basis, now) {
      // In pages, as a statement has its time; what a page has changed, the next finds no more.
      for (;;) {
        const changed = await query(
          `UPDATE ${due} SET at = $1, basis = $3 WHERE id IN (
             SELECT id FROM ${due} WHERE release = $2 AND (basis < $3 OR basis > $3) AND (at IS NULL OR at > $1)
             LIMIT ${PAGE}) RETURNING id`,
          [now.epochMilliseconds, release, basis],
        );
        if (changed.length < PAGE) return;
      }
    },
    async releases() {
      const rows = await query(`SELECT DISTINCT release FROM ${due}`);
      return rows.map(({ release }) => String(release));
    },
    async *entries() {
      let after = '';
      for (;;) {
        const rows = await query(`SELECT * FROM ${due} WHERE id > $1 ORDER BY id LIMIT ${PAGE}`, [after]);
        for (const row of rows) {
          const { at, release, basis } = row;
          yield {
            ...placed(row),
            at: at === null ? null : instant(at),
            release: String(release),
            fingerprint: String(basis),
          };
        }
        if (rows.length < PAGE) return;
        after = String(rows.at(-1)?.['id']);
      }
    },
  };
}

const placed = ({ id, guild }: Row) => ({ entryId: String(id), ownerId: String(guild) });
const instant = (ms: unknown) => Temporal.Instant.fromEpochMilliseconds(Number(ms));
