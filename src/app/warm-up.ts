import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** How long after a load of the facts it begins, in milliseconds of real time: a start has more urgent work. */
const DELAY_MS = 3_000;

/** Builds the index for questions in plain words, so that the first question does not wait for it. */
export interface WarmUps {
  /** Starts one in the background and cancels the one before: its facts are replaced, and it would keep them in memory. */
  start(questions: Pick<QuestionAnswerer, 'prepare'>): void;
  /** Cancels the one that runs. */
  stop(): void;
}

/** Creates the warm-ups of a bot. They work in small steps, so that other work is not delayed. */
export function createWarmUps(log: Logger, delayMs = DELAY_MS): WarmUps {
  let running = new AbortController();
  return {
    start(questions) {
      running.abort();
      running = new AbortController();
      void warmUp(questions, log, { signal: running.signal, delayMs });
    },
    stop: () => running.abort(),
  };
}

/** Never rejects. */
async function warmUp(
  questions: Pick<QuestionAnswerer, 'prepare'>,
  log: Logger,
  { signal, delayMs }: { signal: AbortSignal; delayMs: number },
): Promise<void> {
  try {
    await delay(delayMs, undefined, { signal, ref: false });
    await questions.prepare(() => nextTurn(undefined, { signal }));
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'questions in plain words could not be prepared');
  }
}
