import type { DatabaseSync } from 'node:sqlite';

/** A countdown that is due to be looked at. */
export interface DueEntry {
  countdownId: string;
  guildId: string;
  at: Temporal.Instant;
}

/** What is put into the queue; without an instant it waits for its release to be edited. */
export interface DuePut extends Omit<DueEntry, 'at'> {
  at: Temporal.Instant | null;
  /** The release it counts to. */
  release: string;
  /** A fingerprint of the facts by which the instant was worked out. */
  basis: string;
}

/** Says which countdown is to be looked at next. It knows nothing of posts: looking too often does no harm. */
export interface DueQueue {
  put(entry: DuePut): Promise<void>;
  remove(countdownId: string): Promise<void>;
  /** The entries due by `now`, the earliest first, without those already in hand. */
  due(now: Temporal.Instant, inHand: ReadonlySet<string>, most: number): Promise<DueEntry[]>;
  /** The earliest instant at which an entry that is not in hand is due. */
  nextAt(inHand: ReadonlySet<string>): Promise<Temporal.Instant | null>;
  /** Makes every entry of a release due at `now` that was worked out on other facts. */
  refresh(release: string, basis: string, now: Temporal.Instant): Promise<void>;
  /** The releases that entries count to. */
  releases(): Promise<string[]>;
}

/**
 * The due queue as an indexed table: finding the next one costs the same at a thousand and at a million. What is in hand is
 * known to the process alone, so after a crash everything unfinished is due again.
 */
export function sqliteDueQueue(db: DatabaseSync): DueQueue {
  const put = db.prepare(`INSERT INTO due (id, guild, at, release, basis) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, release = excluded.release, basis = excluded.basis`);
  const remove = db.prepare('DELETE FROM due WHERE id = ?');
  const from = db.prepare('SELECT id, guild, at FROM due WHERE at <= ? ORDER BY at LIMIT ?');
  const first = db.prepare('SELECT id, at FROM due WHERE at IS NOT NULL ORDER BY at LIMIT ?');
  const refresh = db.prepare(
    'UPDATE due SET at = ? WHERE release = ? AND basis <> ? AND (at IS NULL OR at > ?)',
  );
  const releases = db.prepare('SELECT DISTINCT release FROM due');

  return {
    async put({ countdownId, guildId, at, release, basis }) {
      put.run(countdownId, guildId, at?.epochMilliseconds ?? null, release, basis);
    },
    async remove(countdownId) {
      remove.run(countdownId);
    },
    async due(now, inHand, most) {
      const rows = from.all(now.epochMilliseconds, most + inHand.size);
      return rows
        .map((row) => ({
          countdownId: String(row['id']),
          guildId: String(row['guild']),
          at: instant(row['at']),
        }))
        .filter(({ countdownId }) => !inHand.has(countdownId))
        .slice(0, most);
    },
    async nextAt(inHand) {
      const row = first.all(inHand.size + 1).find((one) => !inHand.has(String(one['id'])));
      return row ? instant(row['at']) : null;
    },
    async refresh(release, basis, now) {
      const ms = now.epochMilliseconds;
      refresh.run(ms, release, basis, ms);
    },
    async releases() {
      return releases.all().map((row) => String(row['release']));
    },
  };
}

const instant = (ms: unknown) => Temporal.Instant.fromEpochMilliseconds(Number(ms));
