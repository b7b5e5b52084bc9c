import type { Snapshot } from '../facts/snapshot.ts';
import { findByAddress, type Profile } from './answer-profile.ts';
import { createAskModel } from './ask-model.ts';
import type { RankedQuestion } from './certainty.ts';
import type { Mention } from './parse-question.ts';
import { createQuestionIndexes, type QuestionIndex, type QuestionSource } from './question-index.ts';
import { rankQuestion } from './rank-question.ts';
import { type Candidate, MIN_FIT } from './resolve-slot.ts';
import { type RefusalReason, refusalReason } from './subject.ts';

/** What a question leads to. */
export type Finding =
  | {
      kind: 'answer';
      profile: Profile;
      past: boolean;
      others: Profile[];
      /** What the question mentions. */
      mentions: readonly Mention[];
    }
  | { kind: 'refusal'; why: RefusalReason; near: Profile[] };


/** Finds what questions ask for, and keeps what it needs for that. */
export interface AnswerFinder {
  /** Returns the answer to a question by the facts of a day, or that there is none. */
  find(snapshot: Snapshot, question: string): Finding;
  /** Returns all answers that the facts of a day have, and what questions are compared with. */
  indexOf(snapshot: Snapshot): QuestionIndex;
  /** Returns the same of the newest facts. */
  latestIndex(): QuestionIndex;
}

/** Others that are nearly as likely are offered beside the best: this much in the logarithm. */
const CLOSE = 1.2;
const MAX_OTHERS = 3;

/** Creates a finder, which builds its indexes when they are first needed. */
export function createAnswerFinder(source: QuestionSource): AnswerFinder {
  const indexes = createQuestionIndexes(source);
  const model = createAskModel(source.model);

  return {
    find(snapshot, question) {
      const { parserContext, profiles, profilesOf } = indexes.of(snapshot);
      const addressed = findByAddress(profiles, question);
      if (addressed) return { kind: 'answer', profile: addressed, past: false, others: [], mentions: [] };
      const asked = rankQuestion(question, { model, parserContext, profilesOf });
      return findingOf(refusalReason(asked, model, source.model.certainty), asked);
    },
    indexOf: indexes.of,
    latestIndex: indexes.latest,
  };
}

/** Returns the best candidate with those that come close, or a refusal. */
function findingOf(
  refusal: RefusalReason | undefined,
  { candidates, mentions }: RankedQuestion,
): Finding {
  const [best] = candidates;
  if (refusal || !best) return { kind: 'refusal', why: refusal ?? 'not-in-facts', near: nearest(candidates) };
  const others = candidates
    .slice(1)
    .filter(({ score, fit }) => best.score - score <= CLOSE && fit >= MIN_FIT)
    .slice(0, MAX_OTHERS);
  return {
    kind: 'answer',
    profile: best.profile,
    past: mentions.some(({ meanings }) => meanings.includes('past')),
    others: others.map(({ profile }) => profile),
    mentions,
  };
}

/** The nearest that are about what the question names: topics to offer where nothing fits. */
const nearest = (candidates: readonly Candidate[]) =>
  candidates
    .filter(({ fit, profile }) => fit >= MIN_FIT && profile.ask)
    .slice(0, MAX_OTHERS)
    .map(({ profile }) => profile);
