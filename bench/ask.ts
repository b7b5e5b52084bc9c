import { loadData } from '../src/knowledge/load.ts';
import { answerables, refusables } from '../test/questions/question-sets.ts';
import { OURS } from './bots.ts';
import type { Harness } from './harness.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';

const ROUNDS = { full: 5, short: 1 };
/** The short form asks only every n-th question. */
const SHORT_STEP = 10;
const TODAY = '2026-11-22';

/** Measures how long one question in plain words takes, from the text to the card, over the whole question set. */
export async function measureQuestions({ short }: Harness): Promise<Row[]> {
  const { facts, catalogue, questions: answerer } = loadData('data');
  const view = { facts, snapshot: facts.asOf(TODAY), language: catalogue.in('en-US'), spoilers: true };
  const startedAt = performance.now();
  let longestStep = 0;
  let lastStepAt = startedAt;
  const noteStep = async () => {
    longestStep = Math.max(longestStep, performance.now() - lastStepAt);
    lastStepAt = performance.now();
  };
  await answerer.prepare(noteStep);
  await noteStep();
  const preparation = lastStepAt - startedAt;

  const all = [...answerables, ...refusables].map(({ question }) => question);
  const questions = short ? all.filter((_, index) => index % SHORT_STEP === 0) : all;
  const rounds = Array.from({ length: short ? ROUNDS.short : ROUNDS.full }, () =>
    questions.map((question) => {
      const before = performance.now();
      answerer.answer(view, question, question);
      return performance.now() - before;
    }),
  );
  const row = (what: string, values: number[]): Row => ({ what, unit: 'ms', figures: { [OURS]: values } });
  const quantiles = (share: number) => rounds.map((times) => quantile(times, share));
  return [
    row(`one question, of ${questions.length}: median`, quantiles(0.5)),
    row('one question: 99th percentile', quantiles(0.99)),
    row('made ready after the start, a little at a time', [preparation]),
    row('the longest of these steps', [longestStep]),
  ];
}
