import { startProcess } from '../chaos/process.ts';
import { castCard } from '../src/answers/cast.ts';
import { loadData } from '../src/knowledge/load.ts';
import { OURS } from './bots.ts';
import type { Harness } from './harness.ts';
import type { Row } from './rows.ts';
import { median, quantile } from './statistics.ts';

const ROUNDS = { full: 15, short: 3 };
/** How many answers a round has. */
const ANSWERS = 500;
/** The days from the first announcements to after the last release. */
const FIRST_DAY = Temporal.PlainDate.from('2017-01-01');
const DAYS = Array.from({ length: 3_650 }, (_, n) => FIRST_DAY.add({ days: n }).toString());
const TODAY = '2026-11-22';

/** Measures how long it takes to load the facts in a new process, to look up a day and to answer. */
export async function measureFacts({ short }: Harness): Promise<Row[]> {
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  const cold: ColdStart[] = [];
  for (let round = 0; round < rounds; round += 1) cold.push(await measureColdStart());

  const loaded = loadData('data');
  const view = {
    facts: loaded.facts,
    snapshot: loaded.facts.asOf(TODAY),
    language: loaded.catalogue.in('en-US'),
    spoilers: false,
  };
  const timeEach = <T>(items: readonly T[], work: (item: T) => void) =>
    Array.from({ length: rounds }, () => items.map((item) => timeOf(() => work(item))));
  const lookups = timeEach(DAYS, (day) => void loaded.facts.asOf(day));
  const answers = timeEach(Array(ANSWERS).fill('ballerina'), (title: string) => void castCard(view, title));

  const row = (what: string, unit: string, values: number[]): Row => ({
    what,
    unit,
    figures: { [OURS]: values },
  });
  const medians = (rounds: number[][]) => rounds.map((times) => median(times) * 1000);
  return [
    row(
      'load and validate, in a new process',
      'ms',
      cold.map(({ load }) => load),
    ),
    row(
      'the first answer after that',
      'ms',
      cold.map(({ first }) => first),
    ),
    row('one as-of lookup, each of another day: median', 'µs', medians(lookups)),
    row('one answer, the cast: median', 'µs', medians(answers)),
    row(
      'one answer, the cast: 99th percentile',
      'µs',
      answers.map((times) => quantile(times, 0.99) * 1000),
    ),
  ];
}

function timeOf(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** Milliseconds. */
interface ColdStart {
  load: number;
  first: number;
}

async function measureColdStart(): Promise<ColdStart> {
  const running = startProcess('bench/cold.ts');
  return JSON.parse(await running.waitForLine(/^\{/)) as ColdStart;
}
