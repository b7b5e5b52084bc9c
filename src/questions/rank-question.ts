import type { Profile } from './answer-profile.ts';
import type { AskModel } from './ask-model.ts';
import type { RankedQuestion } from './certainty.ts';
import { featuresOf, markNovelWords } from './features.ts';
import type { Intent } from './intent.ts';
import { type ParserContext, parseQuestion } from './parse-question.ts';
import { resolveSlots } from './resolve-slot.ts';
import { withoutSmallTalk } from './small-talk.ts';

/** What a question is compared with. */
export interface RankingContext {
  model: AskModel;
  parserContext: ParserContext;
  /** The answers of each intent. */
  profilesOf: ReadonlyMap<Intent, readonly Profile[]>;
}

/** Reads a question: what it mentions, what it may ask for, and the answers that have it, the best first. */
export function rankQuestion(
  question: string,
  { model, parserContext, profilesOf }: RankingContext,
): RankedQuestion {
  const text = withoutSmallTalk(question);
  const mentions = parseQuestion(text, parserContext);
  const ranked = model.rank(markNovelWords(featuresOf(text, mentions), mentions, model.isFamiliar));
  return { mentions, ranked, candidates: resolveSlots(ranked, profilesOf, mentions) };
}
