import type { AskModel, RankedIntent } from './ask-model.ts';
import { novelWords } from './features.ts';
import { NOTHING } from './intent.ts';
import { askedMentions, type Mention } from './parse-question.ts';
import type { Candidate } from './resolve-slot.ts';

/** What tells whether the best answer is the one that was asked for. */
export const SIGNS = ['bias', 'nothing', 'unexplained', 'unexplainedShare', 'novel', 'elsewhere', 'fit', 'share', 'named'] as const;
type Sign = (typeof SIGNS)[number];
/** The weight of each sign, learned from examples that the intents were not learned from: logistic regression. */
export type CertaintyWeights = Readonly<Record<Sign, number>>;

/** What is known of a question after its intents were ranked. */
export interface RankedQuestion {
  mentions: readonly Mention[];
  ranked: readonly RankedIntent[];
  candidates: readonly Candidate[];
}

/** The words that a question is judged by. */
export type KnownWords = Pick<AskModel, 'isFamiliar' | 'isGeneral' | 'isUsedFor'>;

/** Shares are not taken for less than this: their logarithm would outweigh everything. */
const MIN_SHARE = 1e-3;
const MAX_UNEXPLAINED = 3;
const FIT = { min: -4, max: 5 } as const;

/** Returns how certain it is that the question asks for the best candidate: 0 is undecided. */
export function certaintyOf(question: RankedQuestion, words: KnownWords, weights: CertaintyWeights): number {
  const signs = signsOf(question, words);
  return signs ? SIGNS.reduce((sum, sign) => sum + weights[sign] * signs[sign], 0) : Number.NEGATIVE_INFINITY;
}

/** Returns the signs of a question; undefined where it has no candidate. */
export function signsOf(
  { mentions, ranked, candidates }: RankedQuestion,
  words: KnownWords,
): Record<Sign, number> | undefined {
  const [best] = candidates;
  if (!best) return undefined;
  const nothing = ranked.find(({ intent }) => intent === NOTHING)?.share ?? 0;
  const unexplained = unexplainedWords(mentions, best, words);
  return {
    bias: 1,
    nothing: logOf(nothing) - logOf(shareOfFitting(candidates)),
    unexplained: Math.min(MAX_UNEXPLAINED, unexplained),
    unexplainedShare: unexplained / Math.max(1, mentions.length),
    novel: novelWords(mentions, words.isFamiliar).length > 0 ? 1 : 0,
    elsewhere: askedMentions(mentions).some(({ kind }) => kind === 'outOfScope') ? 1 : 0,
    fit: Math.max(FIT.min, Math.min(FIT.max, best.fit)),
    share: logOf(best.share),
    named: mentions.some(({ kind, isContext }) => kind === 'thing' && !isContext) ? 1 : 0,
  };
}

const logOf = (share: number) => Math.log(Math.max(MIN_SHARE, share));

/** The share of all intents that have a fitting answer. */
function shareOfFitting(candidates: readonly Candidate[]): number {
  const shares = new Map(candidates.filter(({ fit }) => fit > 0).map(({ profile, share }) => [profile.intent, share]));
  return [...shares.values()].reduce((sum, share) => sum + share, 0);
}

/**
 * How many words of the question nobody uses who asks for this, and are not in the answer either. Words that are used in
 * questions of all kinds do not count.
 */
function unexplainedWords(
  mentions: readonly Mention[],
  { profile }: Candidate,
  { isUsedFor, isGeneral }: KnownWords,
): number {
  return askedMentions(mentions)
    .filter(({ kind }) => kind !== 'thing')
    .flatMap(({ words }) => words)
    .filter((word) => !isGeneral(word) && !isUsedFor(word, profile.intent) && !profile.words.has(word)).length;
}

/** Signs, and whether the answer was right. */
export interface JudgedSigns {
  signs: Record<Sign, number>;
  isRight: boolean;
  weight: number;
}

const STEPS = 2_000;
const RATE = 0.3;

/** Learns the weights of the signs by gradient descent. */
export function learnCertainty(judged: readonly JudgedSigns[]): CertaintyWeights {
  const weights = Object.fromEntries(SIGNS.map((sign) => [sign, 0])) as Record<Sign, number>;
  const total = judged.reduce((sum, { weight }) => sum + weight, 0) || 1;
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = Object.fromEntries(SIGNS.map((sign) => [sign, 0])) as Record<Sign, number>;
    for (const { signs, isRight, weight } of judged) {
      const score = SIGNS.reduce((sum, sign) => sum + weights[sign] * signs[sign], 0);
      const error = (isRight ? 1 : 0) - 1 / (1 + Math.exp(-score));
      for (const sign of SIGNS) gradient[sign] += weight * error * signs[sign];
    }
    for (const sign of SIGNS) weights[sign] += (RATE * gradient[sign]) / total;
  }
  return Object.fromEntries(SIGNS.map((sign) => [sign, Number(weights[sign].toFixed(3))])) as Record<Sign, number>;
}
