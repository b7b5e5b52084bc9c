import type { Snapshot } from '../facts/snapshot.ts';
import { findByAddress, type Profile } from './answer-profile.ts';
import { createAskModel } from './ask-model.ts';
import type { Mention } from './parse-question.ts';
import { createQuestionIndexes, type QuestionIndex, type QuestionSource } from './question-index.ts';
import { type RankedAnswer, type Ranking, rankAnswers } from './rank-answers.ts';
import { readQuestion } from './read-question.ts';
import { withoutSmallTalk } from './small-talk.ts';

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

/** An answer that is less certain is not given: rather no fact than one that nobody asked for. */
const MIN_CERTAINTY = 0.1;
/** Others whose score comes so near to the best are offered beside it. */
const CLOSE = 1.2;
const MAX_OTHERS = 3;

/** So many findings of a day are kept: each button under an answer asks its question again. */
const MAX_FINDINGS = 100;

/** Creates a finder, which builds its indexes when they are first needed. */
export function createAnswerFinder(source: QuestionSource): AnswerFinder {
  const indexes = createQuestionIndexes(source);
  const model = createAskModel(source.model);
  const findings = new WeakMap<QuestionIndex, Map<string, Finding>>();

  function findAnew(snapshot: Snapshot, index: QuestionIndex, question: string): Finding {
    const addressed = findByAddress(index.profiles, question);
    if (addressed) return { kind: 'answer', profile: addressed, past: false, others: [], mentions: [] };
    const read = readQuestion(withoutSmallTalk(question), model, index.parserContext);
    const ranking = rankAnswers(read, model, {
      ...index,
      isUpToDate: (slot) => indexes.isUpToDate(snapshot, slot),
    });
    const isKnown = !read.mentions.some((mention) => isOfLater(mention, index));
    return findingOf(ranking, isKnown, read.mentions);
  }

  return {
    find(snapshot, question) {
      const index = indexes.of(snapshot);
      const known = findings.get(index) ?? new Map<string, Finding>();
      findings.set(index, known);
      const finding = known.get(question) ?? findAnew(snapshot, index, question);
      if (known.size >= MAX_FINDINGS) known.clear();
      known.set(question, finding);
      return finding;
    },
    indexOf: indexes.of,
    latestIndex: indexes.latest,
    isReady: indexes.isReady,
    prepare: indexes.prepare,
  };
}

/** Returns the best answer with those that come close, or a refusal where it is not certain enough. */
function findingOf({ answers, certainty }: Ranking, isKnown: boolean, mentions: readonly Mention[]): Finding {
  const [best] = answers;
  if (!best || !isKnown || certainty < MIN_CERTAINTY) {
    const why = mentions.some(isNameHere) ? 'not-in-facts' : 'other-subject';
    return { kind: 'refusal', why, near: nearest(answers), mentions };
  }
  const isNearly = (other: RankedAnswer) => best.score - other.score <= CLOSE && sharesAll(other, best);
  const others = answers.slice(1).filter(isNearly).slice(0, MAX_OTHERS);
  return {
    kind: 'answer',
    profile: best.profile,
    past: mentions.some(({ meanings }) => meanings.includes('past')),
    others: others.map(({ profile }) => profile),
    mentions,
  };
}

/** Whether a mention names somebody or something that is not known of yet on that day. */
const isOfLater = ({ kind, meanings, isContext }: Mention, { things }: QuestionIndex) =>
  kind === 'thing' &&
  !isContext &&
  meanings.every((meaning) => /^(title|person|character):/.test(meaning) && !things.has(meaning));

const isNameHere = ({ kind, isContext }: Mention) => kind === 'thing' && !isContext;

/** The nearest that share anything with the question: topics to offer where nothing fits. */
const nearest = (answers: readonly RankedAnswer[]) =>
  answers
    .filter(({ signs, profile }) => profile.ask && [...signs.keys()].some((sign) => SHARED.test(sign)))
    .slice(0, MAX_OTHERS)
    .map(({ profile }) => profile);

/** Whether an answer shares with the question everything that the best one does: the name of whom it asks about, above all. */
const sharesAll = ({ signs }: RankedAnswer, best: RankedAnswer) =>
  best.signs.keys().every((sign) => !SHARED.test(sign) || signs.has(sign));

/** The signs of something that a question and an answer share. */
const SHARED = /^((role-(beside-)?)?has-(?!hint|word|date)|(role-(beside-)?)?may-have-|named$)/;
