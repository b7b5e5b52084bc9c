import { type SimPlan, type SimResult, simulate } from './run.ts';

/** A plan and what came of it. */
export interface Failing {
  plan: SimPlan;
  result: SimResult;
}

const FEWEST_DAYS = 8;

/** Returns a smaller plan that fails too: with fewer days, fewer countdowns, and fewer kinds of faults. */
export async function shrink(plan: SimPlan, result: SimResult): Promise<Failing> {
  let smallest: Failing = { plan, result };
  const attempt = async (smaller: Partial<SimPlan>): Promise<boolean> => {
    const next = { ...smallest.plan, ...smaller };
    const outcome = await simulate(next);
    const isFailing = outcome.failures.length > 0;
    if (isFailing) smallest = { plan: next, result: outcome };
    return isFailing;
  };
  while (smallest.plan.days > FEWEST_DAYS && (await attempt({ days: Math.floor(smallest.plan.days / 2) })));
  while (
    smallest.plan.countdowns > 1 &&
    (await attempt({ countdowns: Math.floor(smallest.plan.countdowns / 2) }))
  );
  for (const kind of plan.kinds) {
    const kinds = new Set(smallest.plan.kinds);
    kinds.delete(kind);
    await attempt({ kinds });
  }
  return smallest;
}
