import type { Discord } from './discord.ts';

/** The injected faults, by their name in the result table. */
const FAULTS = {
  'answer 500, nothing posted': { status: 500, when: 'before' },
  'answer 500, though posted': { status: 500, when: 'after' },
  'connection cut, nothing posted': { reset: true, when: 'before' },
  'connection cut, though posted': { reset: true, when: 'after' },
  'no answer, nothing posted': { hang: 20, when: 'before' },
  'no answer, though posted': { hang: 20, when: 'after' },
  'rate limited (429)': { rateLimit: 1 },
  '429 without a wait': { status: 429 },
  'HTML page with 403': { status: 403, html: true },
  'HTML page with 404': { status: 404, html: true },
  'a stray 401': { status: 401 },
  'a stray refusal (50001)': { status: 403, code: 50001 },
} as const;
/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;
/** The names of all faults, in the order of the rules. */
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** The probability of each fault for one post. A hanging request is rarer, as it blocks its post until the bot gives up. */
const PROBABILITY = 0.04;
const HANG_PROBABILITY = 0.01;

/** Returns fault rules for the sandbox: each post may meet one of the faults. */
export function createFaultRules(random: () => number) {
  return FAULT_NAMES.map((name) => ({
    route: 'POST /channels/*/messages',
    times: 'always',
    chance: 'hang' in FAULTS[name] ? HANG_PROBABILITY : PROBABILITY,
    seed: Math.floor(random() * 2 ** 31),
    does: FAULTS[name],
  }));
}

/** How often each fault has happened. */
export type FaultCounts = Partial<Record<FaultName, number>>;

/** Adds the faults that have happened to the counts. The sandbox returns its rules in the order of `FAULT_NAMES`. */
export async function countFaults(discord: Discord, counts: FaultCounts): Promise<void> {
  const rules = await discord.call<{ fired: number }[]>('faults');
  FAULT_NAMES.forEach((name, index) => {
    counts[name] = (counts[name] ?? 0) + (rules[index]?.fired ?? 0);
  });
}

/** Returns a generator of numbers from 0 to 1 that repeats for the same seed (Park and Miller's minimal standard). */
export function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
