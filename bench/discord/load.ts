import { setTimeout as delay } from 'node:timers/promises';
import { createInteractions, expectedResponse, type Question } from './questions.ts';

/** A series of interactions for one bot. */
export interface Load {
  bot: string;
  question: Question;
  /** Interactions a second, evenly spaced, whether or not earlier ones were answered. */
  rate: number;
  count: number;
  /** When the first is sent, in milliseconds from now, so that several bots can take turns within a second. */
  after: number;
  /** Whether to return the answers. */
  keep?: boolean;
}

/** The result of a series. */
export interface LoadResult {
  /** From the gateway's dispatch to the complete answer, in milliseconds, in the order sent. */
  times: number[];
  /** How many got no answer within Discord's three seconds, or something that is no answer. */
  lost: number;
  /** How late the interactions were sent, in milliseconds, as the median: shows whether the measurement kept up. */
  behind: number;
  /** The answers, if requested. */
  bodies: unknown[];
}

/** How long Discord waits for an initial response. */
const TIMEOUT_MS = 3_000;

/** Creates a generator that sends interactions at a steady rate and measures the time of the answers. */
export function createLoadGenerator(dispatch: (bot: string, event: string, data: string) => void) {
  const waiting = new Map<string, (body: string, at: number) => void>();
  let sent = 0;

  async function run({ bot, question, rate, count, after, keep = false }: Load): Promise<LoadResult> {
    const expected = expectedResponse(question);
    const createInteraction = createInteractions(question);
    const times: number[] = Array(count).fill(Number.NaN);
    const behind: number[] = [];
    const bodies: unknown[] = [];
    let open = count;
    const finished = Promise.withResolvers<void>();

    const send = (n: number) => {
      sent += 1;
      const token = `${bot}-${sent}`;
      const json = createInteraction(sent, token);
      const sentAt = performance.now();
      waiting.set(token, (body, at) => {
        const parsed = JSON.parse(body) as { type: number };
        if (parsed.type === expected) times[n] = at - sentAt;
        if (keep) bodies.push(parsed);
        open -= 1;
        if (open === 0) finished.resolve();
      });
      dispatch(bot, 'INTERACTION_CREATE', json);
    };

    const start = performance.now() + after;
    for (let n = 0; n < count; n += 1) {
      const due = start + (n * 1000) / rate;
      const remaining = due - performance.now();
      if (remaining > 0) await delay(remaining);
      behind.push(Math.max(0, performance.now() - due));
      send(n);
    }
    await Promise.race([finished.promise, delay(TIMEOUT_MS, undefined, { ref: false })]);
    const arrived = times.filter((ms) => ms <= TIMEOUT_MS);
    behind.sort((a, b) => a - b);
    return {
      times: arrived,
      lost: count - arrived.length,
      behind: behind[Math.floor(count / 2)] ?? 0,
      bodies,
    };
  }

  return {
    run,
    receive(token: string, body: string, at: number) {
      waiting.get(token)?.(body, at);
      waiting.delete(token);
    },
  };
}
