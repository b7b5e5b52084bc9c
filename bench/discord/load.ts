import { setTimeout as delay } from 'node:timers/promises';
import { answerTo, interactionOf, type Question } from './questions.ts';

/** Interactions to be sent to one bot. */
export interface Order {
  bot: string;
  question: Question;
  /** How many a second, at even distances, whether or not the earlier ones are answered. */
  rate: number;
  count: number;
  /** When the first is sent, in milliseconds from now: lets several bots take turns within a second. */
  after: number;
  /** Whether the answers themselves are wanted. */
  keep?: boolean;
}

/** What came of an order. */
export interface Answers {
  /** From the gateway's dispatch to the answer received whole, in milliseconds, in the order sent. */
  times: number[];
  /** Not answered within Discord's three seconds, or with something that is no answer. */
  lost: number;
  /** How late the interactions were sent against the plan, in milliseconds: the median. Whether the measuring kept up. */
  behind: number;
  /** Where they were wanted. */
  bodies: unknown[];
}

/** Discord's patience with a first answer. */
const PATIENCE_MS = 3_000;

/** Sends interactions at a steady rate and takes the time of the answers. */
export function loadOn(dispatch: (bot: string, event: string, data: string) => void) {
  const waiting = new Map<string, (body: string, at: number) => void>();
  let asked = 0;

  async function run({ bot, question, rate, count, after, keep = false }: Order): Promise<Answers> {
    const expected = answerTo(question);
    const interaction = interactionOf(question);
    const times: number[] = Array(count).fill(Number.NaN);
    const behind: number[] = [];
    const bodies: unknown[] = [];
    let open = count;
    const finished = Promise.withResolvers<void>();

    const send = (n: number) => {
      asked += 1;
      const token = `${bot}-${asked}`;
      const json = interaction(asked, token);
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
      const left = due - performance.now();
      if (left > 0) await delay(left);
      behind.push(Math.max(0, performance.now() - due));
      send(n);
    }
    await Promise.race([finished.promise, delay(PATIENCE_MS, undefined, { ref: false })]);
    const arrived = times.filter((ms) => ms <= PATIENCE_MS);
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
    answered(token: string, body: string, at: number) {
      waiting.get(token)?.(body, at);
      waiting.delete(token);
    },
  };
}
