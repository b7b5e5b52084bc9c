import { z } from 'zod';

const whenSchema = z.enum(['before', 'after']).default('before');

/** What a rule does to a request, before it takes effect or after. */
const faultSchema = z.union([
  z.strictObject({
    rateLimit: z.number().min(0),
    scope: z.enum(['user', 'shared', 'global']).default('user'),
  }),
  z.strictObject({ hang: z.union([z.number().min(0), z.literal(true)]), when: whenSchema }),
  z.strictObject({ reset: z.literal(true), when: whenSchema }),
  z.strictObject({
    status: z.int().min(400).max(599),
    code: z.int().optional(),
    message: z.string().optional(),
    when: whenSchema,
  }),
]);

const httpRuleSchema = z
  .strictObject({
    /** Method and path below `/api/v10`, such as `POST /channels/{any}/messages` with a star for {any}; at the end a star is any rest. */
    route: z.string().optional(),
    method: z.string().optional(),
    path: z.string().optional(),
    times: z.union([z.int().min(1), z.literal('always')]).default(1),
    after: z.int().min(0).default(0),
    chance: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
    does: faultSchema,
  })
  .refine((rule) => rule.route !== undefined || rule.path !== undefined, {
    message: 'A rule needs a route ("POST /channels/*/messages"), or a path.',
  });

const gatewayRuleSchema = z.strictObject({
  gateway: z.union([
    z.literal('drop'),
    z.strictObject({ close: z.int().min(1000).max(4999) }),
    z.strictObject({ invalidSession: z.literal([true, 'resumable']) }),
  ]),
});

/** What `POST /sandbox/faults` takes. */
export const faultRulesSchema = z.array(z.union([httpRuleSchema, gatewayRuleSchema]));
export type FaultRuleInput = z.input<typeof faultRulesSchema>[number];
export type FaultRule = z.output<typeof faultRulesSchema>[number];
export type Fault = z.output<typeof faultSchema>;

/** A rule, and how often it has fired. */
export type ActiveFaultRule = FaultRule & { fired: number };

interface Armed {
  readonly rule: z.output<typeof httpRuleSchema>;
  readonly matches: (method: string, path: string) => boolean;
  readonly random: () => number;
  readonly shown: ActiveFaultRule;
  seen: number;
}

export interface FaultInjector {
  /** Replaces all rules. `execute` carries out a gateway rule at once and says how many connections it met. */
  set(rules: readonly FaultRule[], execute: (rule: z.output<typeof gatewayRuleSchema>) => number): void;
  /** The first rule that fires for this request. */
  match(method: string, path: string): Fault | undefined;
  list(): readonly ActiveFaultRule[];
}

/** No faults, until a script asks for some. */
export function createFaultInjector(): FaultInjector {
  let shown: ActiveFaultRule[] = [];
  let armed: Armed[] = [];
  return {
    set(rules, execute) {
      shown = [];
      armed = [];
      for (const rule of rules) {
        const active: ActiveFaultRule = { ...rule, fired: 0 };
        shown.push(active);
        if ('gateway' in rule) active.fired = execute(rule);
        else
          armed.push({
            rule,
            matches: createMatcher(rule),
            random: createRandom(rule.seed),
            shown: active,
            seen: 0,
          });
      }
    },
    match(method, path) {
      for (const one of armed) {
        const { rule } = one;
        if (rule.times !== 'always' && one.shown.fired >= rule.times) continue;
        if (!one.matches(method, path) || ++one.seen <= rule.after || one.random() >= rule.chance) continue;
        one.shown.fired++;
        return rule.does;
      }
      return undefined;
    },
    list: () => shown,
  };
}

function createMatcher(rule: z.output<typeof httpRuleSchema>): Armed['matches'] {
  const [first = '', second] = (rule.route ?? rule.path ?? '').trim().split(/\s+/);
  const method = (rule.method ?? (second === undefined ? '*' : first)).toUpperCase();
  const pattern = (second ?? first).replace(/^\/api\/v10/, '');
  const parts = pattern
    .replace(/\*+$/, '')
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const path = new RegExp(`^${parts.join('[^/]+')}${/\*$/.test(pattern) ? '.*' : ''}$`);
  return (asked, at) => (method === '*' || method === asked) && path.test(at);
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
