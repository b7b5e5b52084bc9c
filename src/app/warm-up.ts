import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** How long after the facts were read: a start has better things to do first. Real time. */
const DELAY_MS = 3_000;

/**
 * Makes ready what the first question in plain words would wait for: some seconds after the facts were read, and a little at a
 * time, so that nobody else waits for it.
 */
export async function warmUp(questions: QuestionAnswerer, log: Logger, signal: AbortSignal): Promise<void> {
  try {
    await delay(DELAY_MS, undefined, { signal, ref: false });
    await questions.prepare(() => nextTurn(undefined, { signal }));
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'questions in plain words could not be prepared');
  }
}
