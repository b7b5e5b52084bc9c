import { LIMITS } from '../../src/discord/message/limits.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { slotsOfTarget } from '../../src/questions/answer-target.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { createQuestionAnswerer } from '../../src/questions/question-answerer.ts';
import { type Ask, type CardOutcome, judgeTimeShifted, judgeTwoDays, judgeYesOrNo } from './measure-cards.ts';
import {
  answerables,
  falsePremiseSet,
  ownWords,
  type Part,
  questionsAboutOtherFilms,
  refusables,
  timeShiftedSet,
  twoDaysSet,
} from './question-sets.ts';
import { questionSource } from './support.ts';

/** The day of the facts that the question sets were written for. */
const DAY = '2026-11-22';

/** What became of one question. */
export interface Outcome {
  question: string;
  kind: 'right' | 'wrong' | 'silent' | 'refused' | 'false';
  /** What was presented. */
  got: string[];
}

/** How one set of questions does. Rates are of 1, and not there where the set has no such questions. */
export interface Rates {
  questions: number;
  /** Answered as asked, of the answerable questions. */
  right?: number;
  /** Refused, of those that must be. */
  refused?: number;
  /** A fact presented that is not the one asked for, of all questions. */
  wrongFacts: number;
}

/** How one part of the set does, question by question. */
export interface Measured extends Required<Rates> {
  part: Part;
  outcomes: Outcome[];
}

const source = questionSource();
const { facts } = source;
const finder = createAnswerFinder(source);
const snapshot = facts.asOf(DAY);

/** Returns the slots that a question is answered with, spoilers told; none where it is refused. */
function presented(question: string): string[] {
  const found = finder.find(snapshot, question);
  if (found.kind === 'refusal') return [];
  return slotsOfTarget(snapshot, found.profile.target).map(({ slot }) => slot.slot);
}

/** Asks every question of a part, and counts. */
export function measure(of: Part): Measured {
  const asked = answerables.filter(({ part }) => part === of);
  const other = refusables.filter(({ part }) => part === of);
  const outcomes: Outcome[] = [
    ...asked.map(({ question, slots }): Outcome => {
      const got = presented(question);
      return { question, got, kind: got.length === 0 ? 'silent' : isRight(got, slots) ? 'right' : 'wrong' };
    }),
    ...other.map(({ question }): Outcome => {
      const got = presented(question);
      return { question, got, kind: got.length === 0 ? 'refused' : 'false' };
    }),
  ];
  const count = (...kinds: Outcome['kind'][]) => outcomes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    part: of,
    questions: outcomes.length,
    right: count('right') / asked.length,
    refused: count('refused') / other.length,
    wrongFacts: count('wrong', 'false') / outcomes.length,
    outcomes,
  };
}

/** One fact must be one of those asked for; a list must hold two of them, where so many were asked for. */
function isRight(got: readonly string[], wanted: readonly string[]): boolean {
  const hits = got.filter((slot) => wanted.includes(slot)).length;
  return hits >= Math.min(2, got.length, wanted.length);
}

/** Asks the questions of the sets that must be refused as a whole. */
export const measureOwnWords = (): Rates => measureRefusals(ownWords);
export const measureOtherFilms = (): Rates => measureRefusals(questionsAboutOtherFilms);

function measureRefusals(questions: readonly string[]): Rates {
  const refused = questions.filter((question) => presented(question).length === 0).length;
  return {
    questions: questions.length,
    refused: refused / questions.length,
    wrongFacts: 1 - refused / questions.length,
  };
}

/** Asks the questions of the sets whose answers are read as people read them. */
export const measureTimeShifted = (): Rates => measureCards(timeShiftedSet, judgeTimeShifted);
export const measureFalsePremise = (): Rates => measureCards(falsePremiseSet, judgeYesOrNo);
export const measureTwoDays = (): Rates => measureCards(twoDaysSet, judgeTwoDays);

function measureCards<E>(set: readonly E[], judge: (ask: Ask, entry: E) => CardOutcome): Rates {
  const { catalogue } = loadData('data', LIMITS);
  const answerer = createQuestionAnswerer(source);
  const ask: Ask = (question, day = DAY) => {
    const view = {
      facts,
      snapshot: facts.asOf(day),
      language: catalogue.in('en-US'),
      spoilers: true,
    };
    return answerer.answer(view, question, question);
  };
  const outcomes = set.map((entry) => judge(ask, entry));
  const rateOf = (kind: CardOutcome) => outcomes.filter((outcome) => outcome === kind).length / set.length;
  return { questions: set.length, right: rateOf('right'), wrongFacts: rateOf('wrong') };
}
