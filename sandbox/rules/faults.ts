import { z } from 'zod';

const whenSchema = z.enum(['before', 'after']).default('before');

/** What happens to a request, before or after it takes effect. */
const faultSchema = z.union([
  z.strictObject({
    /** The seconds to wait, as the body says. */
    rateLimit: z.number().min(0),
    /** The seconds in `Retry-After` and in `X-RateLimit-Reset-After`, where they differ from the body's. */
    header: z.number().min(0).optional(),
    bucket: z.number().min(0).optional(),
    scope: z.enum(['user', 'shared', 'global']).default('user'),
  }),
  z.strictObject({ hang: z.union([z.number().min(0), z.literal(true)]), when: whenSchema }),
  z.strictObject({ reset: z.literal(true), when: whenSchema }),
  z.strictObject({
    status: z.int().min(200).max(599),
    /** Null leaves it out of the JSON, as a proxy that answers JSON of its own does. */
    code: z.int().nullable().optional(),
    message: z.string().optional(),
    /** Answers with an HTML page, as a proxy does, in place of Discord's JSON. */
    html: z.literal(true).optional(),
    /** Answers without a body. */
    empty: z.literal(true).optional(),
    /** Answers with JSON that ends in the middle. */
    cut: z.literal(true).optional(),
    when: whenSchema,
  }),
  z.strictObject({
    /** Cloudflare refuses the request: 403, 429, or error 1015, which is a 429 as well. */
    cloudflare: z.literal([403, 429, 1015]),
    /** The seconds in `Retry-After`; it is left out if this is. */
    retryAfter: z.int().min(0).optional(),
    /** Answers with a line of text in place of an HTML page. */
    plain: z.literal(true).optional(),
    when: whenSchema,
  }),
  /** The body comes over so many seconds, or never to its end. */
  z.strictObject({ slow: z.union([z.number().min(0), z.literal(true)]) }),
  /** The connection ends in the middle of the body. */
  z.strictObject({ cutOff: z.literal(true) }),
]);

const httpRuleSchema = z
  .strictObject({
    /**
     * Method and path below `/api/v10`, such as `POST /channels/{any}/messages`, with a star in place of `{any}`. A star
     * matches one path segment; at the end it matches the rest.
     */
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
    z.strictObject({ reconnect: z.literal(true) }),
    z.strictObject({ zombie: z.literal([true, 'halfOpen']) }),
  ]),
});

/** What `POST /sandbox/faults` takes. */
export const faultRulesSchema = z.array(z.union([httpRuleSchema, gatewayRuleSchema]));
/** A rule as a script writes it. */
export type FaultRuleInput = z.input<typeof faultRulesSchema>[number];
/** A parsed rule. */
type FaultRule = z.output<typeof faultRulesSchema>[number];
/** The fault that a rule injects. */
export type Fault = z.output<typeof faultSchema>;

/** A rule, and how often it has fired. */
export type ActiveFaultRule = FaultRule & { fired: number };

/** An HTTP rule with its compiled matcher and its state. */
interface CompiledRule {
  readonly rule: z.output<typeof httpRuleSchema>;
  readonly matches: (method: string, path: string) => boolean;
  readonly random: () => number;
  readonly active: ActiveFaultRule;
  /** How many requests have matched. */
  matched: number;
}

/** Decides which requests fail, by the rules that a script has set. */
export interface FaultInjector {
  /**
   * Replaces all rules. Gateway rules are carried out at once: `execute` returns how many connections it affected.
   */
  setRules(rules: readonly FaultRule[], execute: (rule: z.output<typeof gatewayRuleSchema>) => number): void;
  /** Returns the fault of the first rule that fires for this request, and counts it. */
  match(method: string, path: string): Fault | undefined;
  /** Returns the rules with how often each has fired. */
  listRules(): readonly ActiveFaultRule[];
}

/** Creates a fault injector without rules. */
export function createFaultInjector(): FaultInjector {
  let activeRules: ActiveFaultRule[] = [];
  let compiledRules: CompiledRule[] = [];
  return {
    setRules(rules, execute) {
      activeRules = [];
      compiledRules = [];
      for (const rule of rules) {
        const active: ActiveFaultRule = { ...rule, fired: 0 };
        activeRules.push(active);
        if ('gateway' in rule) active.fired = execute(rule);
        else compiledRules.push(compileRule(rule, active));
      }
    },
    match(method, path) {
      const fired = compiledRules.find((compiled) => fires(compiled, method, path));
      if (!fired) return undefined;
      fired.active.fired++;
      return fired.rule.does;
    },
    listRules: () => activeRules,
  };
}

const compileRule = (rule: CompiledRule['rule'], active: ActiveFaultRule): CompiledRule => ({
  rule,
  matches: createMatcher(rule),
  random: createRandom(rule.seed),
  active,
  matched: 0,
});

/** Returns whether a rule fires for a request. Counts the request if it matches. */
function fires(compiled: CompiledRule, method: string, path: string): boolean {
  const { rule, active, matches, random } = compiled;
  if (rule.times !== 'always' && active.fired >= rule.times) return false;
  if (!matches(method, path)) return false;
  compiled.matched++;
  return compiled.matched > rule.after && random() < rule.chance;
}

function createMatcher(rule: z.output<typeof httpRuleSchema>): CompiledRule['matches'] {
  const [first = '', second] = (rule.route ?? rule.path ?? '').trim().split(/\s+/);
  const ruleMethod = (rule.method ?? (second === undefined ? '*' : first)).toUpperCase();
  const pattern = (second ?? first).replace(/^\/api(\/v\d+)?(?=\/)/, '');
  const segments = pattern
    .replace(/\*+$/, '')
    .split('*')
    .map((segment) => segment.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const rulePath = new RegExp(`^${segments.join('[^/]+')}${/\*$/.test(pattern) ? '.*' : ''}$`);
  return (method, path) => (ruleMethod === '*' || ruleMethod === method) && rulePath.test(path);
}

/** Returns a generator of numbers from 0 to 1 that is the same for the same seed (mulberry32, public domain). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
