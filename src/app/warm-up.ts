import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Clock } from '../lib/clock.ts';
import { prepareAsking } from '../questions/example-index.ts';

/** A start has better things to do first. Real time. */
const AFTER_MS = 3_000;

/**
 * Makes ready what the first question in plain words would wait for: some seconds after the facts were read, and a little at a
 * time, so that nobody else waits for it.
 */
export async function warmUp(facts: Facts, clock: Clock, log: Logger, signal: AbortSignal): Promise<void> {
  try {
    await delay(AFTER_MS, undefined, { signal, ref: false });
    await prepareAsking(facts, facts.asOf(utcDay(clock.now())), () => nextTurn(undefined, { signal }));
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'questions in plain words could not be prepared');
  }
}
