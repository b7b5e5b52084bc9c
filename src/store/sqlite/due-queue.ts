import type { DatabaseSync } from 'node:sqlite';
import type { DueQueue } from '../due-queue.ts';

/** Entries are read in pages of this many where all are looked through. */
const PAGE = 500;

/**
 * The due queue as an indexed table: finding the next one costs the same at a thousand and at a million. What is in hand is
 * known to the process alone, so after a crash everything unfinished is due again.
 */
export function createSqliteDueQueue(db: DatabaseSync): DueQueue {
  const put = db.prepare(`INSERT INTO due (id, guild, at, release, basis) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, release = excluded.release, basis = excluded.basis`);
  const remove = db.prepare('DELETE FROM due WHERE id = ?');
  const from = db.prepare('SELECT id, guild, at FROM due WHERE at <= ? ORDER BY at LIMIT ?');
  const first = db.prepare('SELECT id, at FROM due WHERE at IS NOT NULL ORDER BY at LIMIT ?');
  const count = db.prepare('SELECT count(*) AS number FROM due WHERE at <= ?');
  // Two spans of the index, since SQLite looks through all of a release for what is not equal.
  const refresh = db.prepare(
    'UPDATE due SET at = ? WHERE release = ? AND (basis < ? OR basis > ?) AND (at IS NULL OR at > ?)',
  );
  // From one to the next: DISTINCT would read the whole index.
  const releases = db.prepare(`WITH RECURSIVE one (release) AS (
      SELECT min(release) FROM due
      UNION ALL
      SELECT (SELECT min(release) FROM due WHERE release > one.release) FROM one WHERE one.release IS NOT NULL
    ) SELECT release FROM one WHERE release IS NOT NULL`);
  const page = db.prepare('SELECT id, guild, at, release, basis FROM due WHERE id > ? ORDER BY id LIMIT ?');

  return {
    shared: false,
    async enqueue({ entryId, ownerId, at, release, fingerprint }) {
      put.run(entryId, ownerId, at?.epochMilliseconds ?? null, release, fingerprint);
    },
    async remove(entryId) {
      remove.run(entryId);
    },
    async claim(now, inHand, most) {
      const rows = from.all(now.epochMilliseconds, most + inHand.size);
      return rows
        .map((row) => ({
          entryId: String(row['id']),
          ownerId: String(row['guild']),
          at: instant(row['at']),
        }))
        .filter(({ entryId }) => !inHand.has(entryId))
        .slice(0, most);
    },
    // Nobody else is told what this process has in hand.
    async release() {},
    async nextAt(inHand) {
      const row = first.all(inHand.size + 1).find((one) => !inHand.has(String(one['id'])));
      return row ? instant(row['at']) : null;
    },
    async backlog(now) {
      return Number(count.get(now.epochMilliseconds)?.['number']);
    },
    async refresh(release, basis, now) {
      const ms = now.epochMilliseconds;
      refresh.run(ms, release, basis, basis, ms);
    },
    async releases() {
      return releases.all().map((row) => String(row['release']));
    },
    async *entries() {
      let after = '';
      for (;;) {
        const rows = page.all(after, PAGE);
        for (const row of rows) {
          yield {
            entryId: String(row['id']),
            ownerId: String(row['guild']),
            at: row['at'] === null ? null : instant(row['at']),
            release: String(row['release']),
            fingerprint: String(row['basis']),
          };
        }
        if (rows.length < PAGE) return;
        after = String(rows.at(-1)?.['id']);
      }
    },
  };
}

const instant = (ms: unknown) => Temporal.Instant.fromEpochMilliseconds(Number(ms));
