import type { Random } from './random.ts';

/** How Discord, or what is between it and the bot, fails. Each is a kind of `sandbox/rules/faults.ts`. */
export const ANSWERS = {
  'answer 500, nothing done': { status: 500, when: 'before' },
  'answer 500, though done': { status: 500, when: 'after' },
  'connection cut, nothing done': { network: 'ECONNRESET', when: 'before' },
  'connection cut, though done': { network: 'ECONNRESET', when: 'after' },
  'not reached': { network: 'ECONNREFUSED', when: 'before' },
  'no answer, nothing done': { hang: true, when: 'before' },
  'no answer, though done': { hang: true, when: 'after' },
  'rate limited for a second': { limitS: 1, when: 'before' },
  'rate limited for minutes': { limitS: 300, when: 'before' },
  'HTML page with 403': { status: 403, html: true, when: 'before' },
  'HTML page with 404': { status: 404, html: true, when: 'before' },
  'HTML page with 502': { status: 502, html: true, when: 'before' },
  'JSON without a code, 403': { status: 403, code: null, when: 'before' },
  'empty answer, 404': { status: 404, empty: true, when: 'before' },
  'JSON that is cut, though done': { status: 200, cut: true, when: 'after' },
  'a stray 401': { status: 401, when: 'before' },
  'a stray refusal (50001)': { status: 403, code: 50001, when: 'before' },
  'refused content (200000)': { status: 400, code: 200000, when: 'before' },
  'an answer that is late': { lateMs: 14_000, when: 'after' },
  'a request that arrives late': { lateMs: 14_000, when: 'before' },
} as const;
/** The name of a failure. */
export type AnswerName = keyof typeof ANSWERS;
/** One failure. */
export interface Answer {
  when: 'before' | 'after';
  status?: number;
  code?: number | null;
  html?: boolean;
  empty?: boolean;
  cut?: boolean;
  network?: string;
  hang?: boolean;
  limitS?: number;
  lateMs?: number;
}

/** What else goes wrong. */
const EVENTS = [
  'crash',
  'outage',
  'permissions',
  'channel deleted',
  'unreadable history',
  'role deleted',
  'clock jump',
  'small clock jump',
  'moved date',
  'reload',
  'edit',
  'pause',
  'removal',
] as const;
/** The name of an event. */
type EventName = (typeof EVENTS)[number];

/** A kind of fault: what a failing run leaves out one by one. */
export type FaultKind = AnswerName | EventName;
/** The names of all failures. */
export const ANSWER_NAMES = Object.keys(ANSWERS) as AnswerName[];
/** All kinds. */
export const FAULT_KINDS: readonly FaultKind[] = [...ANSWER_NAMES, ...EVENTS];

/** Discord would be taken at its word where the second request checks the first. */
const ONLY_FOR_POSTS: readonly AnswerName[] = ['a stray refusal (50001)', 'refused content (200000)'];

/** Draws the failure of a request, or none. */
export function drawAnswer(
  random: Random,
  kinds: ReadonlySet<FaultKind>,
  { isPost, probability }: { isPost: boolean; probability: number },
): AnswerName | undefined {
  if (!random.chance(probability)) return undefined;
  const name = random.pick(ANSWER_NAMES);
  return kinds.has(name) && (isPost || !ONLY_FOR_POSTS.includes(name)) ? name : undefined;
}
