import type { Discord } from './discord.ts';

/** The injected faults, by their name in the result table. */
const FAULTS = {
  'answer 500, nothing done': { status: 500, when: 'before' },
  'answer 500, though done': { status: 500, when: 'after' },
  'connection cut, nothing done': { reset: true, when: 'before' },
  'connection cut, though done': { reset: true, when: 'after' },
  'no answer, nothing done': { hang: 20, when: 'before' },
  'no answer, though done': { hang: 20, when: 'after' },
  'rate limited (429)': { rateLimit: 1 },
  '429, header and body disagree': { rateLimit: 1, header: 3, bucket: 2 },
  '429 without a wait': { status: 429 },
  'HTML page with 403': { status: 403, html: true },
  'HTML page with 404': { status: 404, html: true },
  'HTML page with 502': { status: 502, html: true },
  'JSON without a code, 403': { status: 403, code: null },
  'empty answer, 404': { status: 404, empty: true },
  'a stray 401': { status: 401 },
  'a stray refusal (50001)': { status: 403, code: 50001 },
} as const;
/** The name of a fault. */
type FaultName = keyof typeof FAULTS;
/** The names of all faults, in the order of the rules. */
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** The faults of two requests would be taken for a verdict where the second is the check of the first. */
const NOT_FOR_CHECKS: readonly FaultName[] = ['a stray refusal (50001)'];

/** The requests that may meet a fault, by what they are for. Of two rows that match, the first one counts. */
const ROUTES = {
  posts: ['POST /channels/*/messages'],
  edits: ['PATCH /channels/*/messages/*'],
  'clean-up': ['DELETE /channels/*/messages/*'],
  pins: ['PUT /channels/*/messages/pins/*'],
  publishing: ['POST /channels/*/messages/*/crosspost'],
  'opening DMs': ['POST /users/@me/channels'],
  events: ['* /guilds/*/scheduled-events*'],
  registration: ['* /applications/*/commands'],
  answers: ['POST /interactions/*/*/callback', 'PATCH /webhooks/*'],
  checks: ['GET /channels/*', 'GET /guilds/*'],
} as const;
/** What a request is for. */
export type RouteName = keyof typeof ROUTES;
/** All of them, in the order of the rules. */
export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

/**
 * The probability of each fault for one request: less for the requests that are many. A hanging request is rarer, as it blocks its
 * post until the bot gives up.
 */
const PROBABILITY = 0.06;
const FREQUENT_PROBABILITY = 0.035;
const HANG_PROBABILITY = 0.005;
const FREQUENT: readonly RouteName[] = ['posts', 'checks'];

/** One rule of the sandbox, and what it is counted as. */
interface Draw {
  name: FaultName;
  route: RouteName;
  pattern: string;
}

/** All draws, in the order of the rules. */
const DRAWS: readonly Draw[] = ROUTE_NAMES.flatMap((route) =>
  ROUTES[route].flatMap((pattern) =>
    FAULT_NAMES.filter((name) => route !== 'checks' || !NOT_FOR_CHECKS.includes(name)).map((name) => ({
      name,
      route,
      pattern,
    })),
  ),
);

/** Returns fault rules for the sandbox: each request of these routes may meet one of the faults. */
export function createFaultRules(random: () => number, routes: readonly RouteName[] = ROUTE_NAMES) {
  return DRAWS.map(({ name, route, pattern }) => ({
    route: pattern,
    times: 'always',
    chance: routes.includes(route) ? chanceOf(name, route) : 0,
    seed: Math.floor(random() * 2 ** 31),
    does: FAULTS[name],
  }));
}

function chanceOf(name: FaultName, route: RouteName): number {
  if ('hang' in FAULTS[name]) return HANG_PROBABILITY;
  return FREQUENT.includes(route) ? FREQUENT_PROBABILITY : PROBABILITY;
}

/** How often each fault has happened to the requests of each route. */
export type FaultCounts = Partial<Record<FaultName, Partial<Record<RouteName, number>>>>;

/** Adds the faults that have happened to the counts, and ends all rules. The sandbox returns its rules in the order of the draws. */
export async function endFaults(discord: Discord, counts: FaultCounts): Promise<void> {
  const rules = await discord.call<{ fired: number }[]>('faults');
  DRAWS.forEach(({ name, route }, index) => {
    const row = counts[name] ?? {};
    row[route] = (row[route] ?? 0) + (rules[index]?.fired ?? 0);
    counts[name] = row;
  });
  await discord.call('faults', []);
}

/** Returns a generator of numbers from 0 to 1 that repeats for the same seed (Park and Miller's minimal standard). */
export function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
