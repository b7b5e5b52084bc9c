import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** How long after a load of the facts it begins, in milliseconds of real time: a start has more urgent work. */
const DELAY_MS = 3_000;

/**
 * Builds the index for questions in plain words, so that the first question does not wait for it. Works in small steps, so that
 * other work is not delayed. Never rejects.
 */
export async function warmUp(questions: QuestionAnswerer, log: Logger, signal: AbortSignal): Promise<void> {
  try {
    await delay(DELAY_MS, undefined, { signal, ref: false });
    await questions.prepare(() => nextTurn(undefined, { signal }));
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'questions in plain words could not be prepared');
  }
}
