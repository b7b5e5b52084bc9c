import { type CertaintyWeights, certaintyOf, type KnownWords, type RankedQuestion } from './certainty.ts';
import { MIN_FIT } from './resolve-slot.ts';

/** Why a question is refused: it is about something else, or about the franchise, but not in the facts. */
export type RefusalReason = 'other-subject' | 'not-in-facts';

/** An answer that is less certain is not given: rather no fact than one that nobody asked for. */
const MIN_CERTAINTY = Number(process.env['CERT'] ?? 0.25);

/** Returns why a question is not to be answered with its best candidate; undefined where it is. */
export function refusalReason(
  question: RankedQuestion,
  words: KnownWords,
  weights: CertaintyWeights,
): RefusalReason | undefined {
  const [best] = question.candidates;
  if (best && best.fit >= MIN_FIT && certaintyOf(question, words, weights) >= MIN_CERTAINTY) return undefined;
  const isNamed = question.mentions.some(({ kind, isContext }) => kind === 'thing' && !isContext);
  return isNamed ? 'not-in-facts' : 'other-subject';
}
