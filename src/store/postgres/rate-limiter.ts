import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Places are reserved for this long ahead: fewer statements, and few places that are lost where the process ends. */
const AHEAD_S = 0.25;
/** A place that was slept through for longer is not used any more: others have gone by meanwhile. */
const LATE_MS = 20;

/**
 * The pace of all processes together: one row holds the instant of the next free place, by the database's clock, and each
 * process moves it on by as many places as it takes. An instant far ahead is not believed: that clock was set back.
 */
export function createSharedRateLimiter({ query }: Postgres, perSecond: number): () => Promise<void> {
  const step = 1000 / perSecond;
  const mostPlaces = Math.max(1, Math.floor(perSecond * AHEAD_S));
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let serving = false;

  /** Takes places one step apart; answers in how many milliseconds the first of them is. */
  async function reserve(places: number): Promise<number> {
    const [row] = await query(
      `INSERT INTO ${SCHEMA}.pace AS pace (next) VALUES (clock_timestamp() + $1 * interval '1 ms')
       ON CONFLICT (one) DO UPDATE SET next = $1 * interval '1 ms' + CASE
         WHEN pace.next BETWEEN clock_timestamp() AND clock_timestamp() + interval '5 minutes' THEN pace.next
         ELSE clock_timestamp() END
       RETURNING extract(epoch FROM next - clock_timestamp()) * 1000 AS ahead`,
      [places * step],
    );
    return Number(row?.['ahead']) - places * step;
  }

  /** Until nobody waits any more. Whoever comes after the last look at who waits, finds that nobody serves. */
  async function serve(): Promise<void> {
    serving = true;
    while (waiting.length > 0) {
      const places = Math.min(waiting.length, mostPlaces);
      const first = (await reserve(places)) + performance.now();
      for (let place = 0; place < places; place += 1) {
        const at = first + place * step;
        const left = at - performance.now();
        if (left > 0) await delay(left);
        if (performance.now() - at > LATE_MS) break;
        waiting.shift()?.resolve();
      }
    }
    serving = false;
  }

  function fail(error: unknown): void {
    serving = false;
    for (const { reject } of waiting.splice(0)) reject(error);
  }

  return () =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      if (!serving) serve().catch(fail);
    });
}
