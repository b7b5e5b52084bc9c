import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { EXPECTED_MARKS } from './marks.ts';
import { type SimPlan, type SimResult, simulate } from './run.ts';
import { shrink } from './shrink.ts';

/** From so many seeds on, everything expected must have happened. */
const ENOUGH_SEEDS = 200;
const TRACE_LINES = 40;

/** Which seeds are run, and how. */
export interface SeedsOptions {
  first: number;
  count: number;
  days: number;
  countdowns: number;
  /** The kinds of faults that are left out. */
  without: readonly string[];
  defect: string | undefined;
  showsTrace: boolean;
  say: (line: string) => void;
}

/** Runs the seeds until one fails. Returns whether one did, or whether something expected never happened. */
export async function runSeeds(options: SeedsOptions): Promise<boolean> {
  const { first, count, days, countdowns, without, say } = options;
  const kinds = new Set(FAULT_KINDS.filter((kind) => !without.includes(kind)));
  const marks = new Map<string, number>();
  const startedAt = performance.now();
  let posts = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const plan = { seed, days, countdowns, kinds };
    const result = await simulate(plan);
    if (count === 1) say(`seed ${seed}: trace ${result.hash}`);
    if (options.showsTrace) for (const line of result.tail) say(line);
    posts += result.posts;
    for (const [name, times] of result.marks) marks.set(name, (marks.get(name) ?? 0) + times);
    if (result.failures.length > 0) {
      await reportFailure(options, plan, result);
      return true;
    }
  }
  const minutes = (performance.now() - startedAt) / 60_000;
  say(
    `${count} seeds from ${first}, ${count * days} days, ${posts} posts: nothing broken; ${Math.round((count * days) / minutes)} days a minute`,
  );
  const missing = count < ENOUGH_SEEDS ? [] : EXPECTED_MARKS.filter((name) => !marks.has(name));
  for (const name of missing) say(`FAILED: never happened: ${name}`);
  return missing.length > 0;
}

async function reportFailure({ defect, say }: SeedsOptions, plan: SimPlan, result: SimResult): Promise<void> {
  say(`FAILED: seed ${plan.seed}`);
  for (const failure of result.failures) say(`  ${failure}`);
  const smallest = await shrink(plan, result);
  say(`The smallest run that fails: ${smallest.result.failures[0]}`);
  for (const line of smallest.result.tail.slice(-TRACE_LINES)) say(`  ${line}`);
  say(`Replay with: ${commandOf(smallest.plan, defect)}`);
}

/** The command that replays a plan. */
function commandOf({ seed, days, countdowns, kinds }: SimPlan, defect: string | undefined): string {
  const without = FAULT_KINDS.filter((kind: FaultKind) => !kinds.has(kind)).map(
    (kind) => ` --without '${kind}'`,
  );
  const broken = defect === undefined ? '' : ` --defect ${defect}`;
  return `npm run sim -- --seed ${seed} --days ${days} --countdowns ${countdowns}${broken}${without.join('')} --trace`;
}
