import { run } from '../chaos/process.ts';
import { castCard } from '../src/answers/cast.ts';
import { loadData } from '../src/knowledge/load.ts';
import { OURS } from './bots.ts';
import type { Harness } from './harness.ts';
import type { Row } from './rows.ts';
import { median, quantile } from './statistics.ts';

const ROUNDS = { full: 15, short: 3 };
/** Answers in a round. */
const ANSWERS = 500;
/** The days of the story: from the first announcements to after the last release. */
const FIRST_DAY = Temporal.PlainDate.from('2017-01-01');
const DAYS = Array.from({ length: 3_650 }, (_, n) => FIRST_DAY.add({ days: n }).toString());
const TODAY = '2026-11-22';

/** What the facts cost: loaded in a new process, looked up as of a day, asked. */
export async function facts({ short }: Harness): Promise<Row[]> {
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  const cold: Cold[] = [];
  for (let round = 0; round < rounds; round += 1) cold.push(await inNewProcess());

  const loaded = loadData('data');
  const view = {
    facts: loaded.facts,
    snapshot: loaded.facts.asOf(TODAY),
    language: loaded.catalogue.in('en-US'),
    spoilers: false,
  };
  const each = <T>(things: readonly T[], work: (thing: T) => void) =>
    Array.from({ length: rounds }, () => things.map((thing) => timeOf(() => work(thing))));
  const lookups = each(DAYS, (day) => void loaded.facts.asOf(day));
  const answers = each(Array(ANSWERS).fill('ballerina'), (title: string) => void castCard(view, title));

  const row = (what: string, unit: string, values: number[]): Row => ({
    what,
    unit,
    figures: { [OURS]: values },
  });
  const middle = (times: number[][]) => times.map((one) => median(one) * 1000);
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
    row('one as-of lookup, each of another day: median', 'µs', middle(lookups)),
    row('one answer, the cast: median', 'µs', middle(answers)),
    row(
      'one answer, the cast: 99th percentile',
      'µs',
      answers.map((one) => quantile(one, 0.99) * 1000),
    ),
  ];
}

function timeOf(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** Milliseconds. */
interface Cold {
  load: number;
  first: number;
}

async function inNewProcess(): Promise<Cold> {
  const running = run('bench/cold.ts', []);
  return JSON.parse(await running.line(/^\{/)) as Cold;
}
