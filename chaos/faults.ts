/** The faults that are thrown in, by the name under which the table tells of them. */
export const FAULTS = {
  'answer 500, nothing posted': { status: 500, when: 'before' },
  'answer 500, though posted': { status: 500, when: 'after' },
  'connection cut, nothing posted': { reset: true, when: 'before' },
  'connection cut, though posted': { reset: true, when: 'after' },
  'no answer, nothing posted': { hang: 20, when: 'before' },
  'no answer, though posted': { hang: 20, when: 'after' },
  'rate limited (429)': { rateLimit: 1 },
} as const;
export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** How likely each is for one post; hanging ones are rare, as each holds its post for as long as the bot waits. */
const CHANCE = 0.06;
const CHANCE_TO_HANG = 0.01;

/** Rules for the sandbox: each post may meet one of the faults. */
export function faultRules(random: () => number) {
  return FAULT_NAMES.map((name) => ({
    route: 'POST /channels/*/messages',
    times: 'always',
    chance: 'hang' in FAULTS[name] ? CHANCE_TO_HANG : CHANCE,
    seed: Math.floor(random() * 2 ** 31),
    does: FAULTS[name],
  }));
}

/** Numbers from 0 to 1, the same for the same seed (Park and Miller's minimal standard generator). */
export function seeded(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
