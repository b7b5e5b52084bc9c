import type { Snapshot } from '../facts/snapshot.ts';
import { findByAddress, type Profile } from './answer-profile.ts';
import { type Candidate, combineScores, limitFor } from './combine-scores.ts';
import { createExampleIndex } from './example-index.ts';
import { featuresOf } from './features.ts';
import { type Mention, parseQuestion } from './parse-question.ts';
import { createQuestionIndexes, type QuestionIndex, type QuestionSource } from './question-index.ts';
import { withoutSmallTalk } from './small-talk.ts';
import { scoreByVocabulary } from './vocabulary-score.ts';

/** What a question leads to. */
export type Finding =
  | (Mentioning & { kind: 'answer'; profile: Profile; past: boolean; others: Profile[] })
  | (Mentioning & { kind: 'refusal'; why: RefusalReason; near: Profile[] });

interface Mentioning {
  /** What the question mentions. */
  mentions: readonly Mention[];
}

/** Why a question is refused: it is about something else, or about the franchise, but not in the facts. */
export type RefusalReason = 'other-subject' | 'not-in-facts';

/** Finds what questions ask for, and keeps what it needs for that. */
export interface AnswerFinder {
  /** Returns the answer to a question by the facts of a day, or that there is none. */
  find(snapshot: Snapshot, question: string): Finding;
  /** Returns all answers that the facts of a day have, and what questions are compared with. */
  indexOf(snapshot: Snapshot): QuestionIndex;
  /** Returns the same of the newest facts. */
  latestIndex(): QuestionIndex;
  /** Whether `find` answers within milliseconds. */
  isReady(): boolean;
  /** Makes the finder ready a little at a time, so that nothing else has to wait. */
  prepare(yieldTurn: () => Promise<unknown>): Promise<void>;
}

/** Others that fit nearly as well by the vocabulary are offered beside the best. */
const CLOSE = 1.2;
const MAX_OTHERS = 3;

/** Creates a finder, which builds its indexes when they are first needed. */
export function createAnswerFinder(source: QuestionSource): AnswerFinder {
  const indexes = createQuestionIndexes(source);
  const examples = createExampleIndex(source.examples, indexes.latest);

  return {
    find(snapshot, question) {
      const { parserContext, profiles, termWeight, things } = indexes.of(snapshot);
      const addressed = findByAddress(profiles, question);
      if (addressed) return { kind: 'answer', profile: addressed, past: false, others: [], mentions: [] };
      const text = withoutSmallTalk(question);
      const mentions = parseQuestion(text, parserContext);
      const { vote, isFamiliar } = examples.classifier();
      const votes = vote(featuresOf(text, mentions));
      const scores = scoreByVocabulary(mentions, profiles, termWeight);
      const candidates = combineScores(mentions, scores, votes, {
        isUpToDate: (slot) => indexes.isUpToDate(snapshot, slot),
        things,
      });
      const limit = isAboutOther(mentions, isFamiliar) ? Number.POSITIVE_INFINITY : limitFor(votes);
      return findingOf(candidates, limit, mentions);
    },
    indexOf: indexes.of,
    latestIndex: indexes.latest,
    isReady: examples.isReady,
    prepare: examples.prepare,
  };
}

/** Returns the best candidate with those that come close, or a refusal where none reaches the limit. */
function findingOf(candidates: readonly Candidate[], limit: number, mentions: readonly Mention[]): Finding {
  const best = candidates[0];
  if (!best || best.score < limit) {
    const why = mentions.some(isNameHere) ? 'not-in-facts' : 'other-subject';
    return { kind: 'refusal', why, near: nearest(candidates), mentions };
  }
  const others = candidates
    .slice(1)
    .filter(({ fit, score }) => best.fit - fit <= CLOSE && score >= limit)
    .slice(0, MAX_OTHERS);
  return {
    kind: 'answer',
    profile: best.profile,
    past: mentions.some(({ meanings }) => meanings.includes('past')),
    others: others.map(({ profile }) => profile),
    mentions,
  };
}

/**
 * Whether a question has a word that neither the vocabulary nor any answered example has: "who directed inception". It is then
 * about something else, even if it shares other words with an answer.
 */
const isAboutOther = (mentions: readonly Mention[], isFamiliar: (word: string) => boolean) =>
  mentions.some(
    ({ kind, isContext, isNegated, words }) =>
      (kind === 'unknown' || kind === 'word') && !isContext && !isNegated && !words.every(isFamiliar),
  );

const isNameHere = ({ kind, isContext }: Mention) => kind === 'thing' && !isContext;

/** The nearest that share anything with the question: topics to offer where nothing fits. */
const nearest = (candidates: readonly Candidate[]) =>
  candidates
    .filter(({ shared, profile }) => shared > 0 && profile.ask)
    .slice(0, MAX_OTHERS)
    .map(({ profile }) => profile);
