import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Slots are reserved for this long ahead: this saves statements and loses few slots if the process ends. */
const RESERVE_AHEAD_S = 0.25;
/** A rate-limit slot that is later than this is stale: using it would burst with the next. */
const STALE_AFTER_MS = 20;

/**
 * Creates a rate limiter that all processes share. One row has the instant of the next free slot, by the database's clock; each
 * process reserves slots by advancing it. An instant more than five minutes ahead is ignored: then that clock was set back.
 */
export function createSharedRateLimiter({ query }: Postgres, perSecond: number): () => Promise<void> {
  const step = 1000 / perSecond;
  const maxReserved = Math.max(1, Math.floor(perSecond * RESERVE_AHEAD_S));
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let isServing = false;

  /** Reserves slots, one step apart. Returns in how many milliseconds the first of them is. */
  async function reserve(slots: number): Promise<number> {
    const [row] = await query(
      `INSERT INTO ${SCHEMA}.pace AS pace (next) VALUES (clock_timestamp() + $1 * interval '1 ms')
       ON CONFLICT (one) DO UPDATE SET next = $1 * interval '1 ms' + CASE
         WHEN pace.next BETWEEN clock_timestamp() AND clock_timestamp() + interval '5 minutes' THEN pace.next
         ELSE clock_timestamp() END
       RETURNING extract(epoch FROM next - clock_timestamp()) * 1000 AS ahead`,
      [slots * step],
    );
    return Number(row?.['ahead']) - slots * step;
  }

  /** Resolves waiting callers until none is left. No `await` follows the last check, so no caller can be missed. */
  async function serve(): Promise<void> {
    isServing = true;
    while (waiting.length > 0) {
      const slots = Math.min(waiting.length, maxReserved);
      const first = (await reserve(slots)) + performance.now();
      for (let slot = 0; slot < slots; slot += 1) {
        const at = first + slot * step;
        const left = at - performance.now();
        if (left > 0) await delay(left);
        if (performance.now() - at > STALE_AFTER_MS) break;
        waiting.shift()?.resolve();
      }
    }
    isServing = false;
  }

  function fail(error: unknown): void {
    isServing = false;
    for (const { reject } of waiting.splice(0)) reject(error);
  }

  return () =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      if (!isServing) serve().catch(fail);
    });
}
