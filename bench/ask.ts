import { loadData } from '../src/knowledge/load.ts';
import { answerables, refusables } from '../test/questions/measure.ts';
import { OURS } from './bots.ts';
import type { Harness } from './harness.ts';
import type { Row } from './rows.ts';
import { quantile } from './statistics.ts';

const ROUNDS = { full: 5, short: 1 };
/** In the short form, only each so many-th question is asked. */
const SHORT_STEP = 10;
const TODAY = '2026-11-22';

/** The time of one question in plain words, from the typed words to the finished card, over all questions of the set. */
export async function ask({ short }: Harness): Promise<Row[]> {
  const { facts, catalogue, questions: answerer } = loadData('data');
  const view = { facts, snapshot: facts.asOf(TODAY), language: catalogue.in('en-US'), spoilers: true };
  const began = performance.now();
  let longest = 0;
  let last = began;
  const lap = async () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  await answerer.prepare(lap);
  await lap();
  const prepared = last - began;

  const all = [...answerables, ...refusables].map(({ question }) => question);
  const questions = short ? all.filter((_, at) => at % SHORT_STEP === 0) : all;
  const rounds = Array.from({ length: short ? ROUNDS.short : ROUNDS.full }, () =>
    questions.map((question) => {
      const before = performance.now();
      answerer.answer(view, question, question);
      return performance.now() - before;
    }),
  );
  const row = (what: string, values: number[]): Row => ({ what, unit: 'ms', figures: { [OURS]: values } });
  const share = (part: number) => rounds.map((times) => quantile(times, part));
  return [
    row(`one question, of ${questions.length}: median`, share(0.5)),
    row('one question: 99th percentile', share(0.99)),
    row('made ready after the start, a little at a time', [prepared]),
    row('the longest of these steps', [longest]),
  ];
}
