import type { FaultRuleInput } from '../../sandbox/rules/faults.ts';

/** What Discord, or something in its place, answers to a request, as a fault of the sandbox. */
export type Answer = Extract<Extract<FaultRuleInput, { does: unknown }>['does'], { status: number }>;

/** The body of an answer that is not Discord's JSON with a code. */
const BODIES = {
  'JSON without a code': { code: null },
  'a page of HTML': { html: true },
  'no body': { empty: true },
  'JSON that is cut short': { cut: true },
} as const;

const STATUSES = [400, 401, 403, 404, 405, 413, 500, 502, 503, 520];

/** Answers without a verdict of Discord, with their names: every status with every body. */
export const NO_VERDICTS: readonly (readonly [string, Answer])[] = STATUSES.flatMap((status) =>
  Object.entries(BODIES).map(([name, body]) => [`${status} with ${name}`, { status, ...body }] as const),
);

/** Codes that speak of the account, the network or nothing known. They end nothing. */
const OTHER_CODES: readonly (readonly [number, number])[] = [
  [400, 0],
  [401, 0],
  [403, 0],
  [404, 0],
  [400, 20016],
  [400, 40062],
  [401, 40006],
  [403, 20026],
  [403, 20029],
  [403, 40003],
  [403, 40004],
  [403, 40333],
  [403, 110000],
  [403, 110001],
  [400, 99999],
  [403, 99999],
  [404, 99999],
  [500, 0],
  [503, 50001],
  [503, 130000],
];

/** Answers with codes that end nothing. */
export const OTHER_ANSWERS: readonly (readonly [string, Answer])[] = OTHER_CODES.map(
  ([status, code]) => [`${status} with code ${code}`, { status, code }] as const,
);
