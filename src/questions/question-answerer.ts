import type { Card, View } from '../answers/card.ts';
import { createAnswerCard, createOfferedCard } from './answer-card.ts';
import { askedDay } from './asked-day.ts';
import { type AnswerFinder, createAnswerFinder } from './find-answer.ts';
import { createPastDayCard } from './past-day-card.ts';
import { END_OF_TIME, type QuestionSource } from './question-index.ts';
import { createSmallTalkCard } from './refusal-card.ts';
import { smallTalkOf, withoutSmallTalk } from './small-talk.ts';
import { finishSlowly, type Steps } from './steps.ts';
import { createSuggestions } from './suggestions.ts';

/** Answers questions in plain words. Made once for the facts, and keeps what it has built for them. */
export interface QuestionAnswerer {
  /**
   * Returns the card that answers a question, or one that refuses it with what comes near. Where the question asks for what was
   * known on an earlier day, the card has that day. `shown` is the question as it may be shown in a message.
   */
  answer(view: View, question: string, shown: string): Card;
  /** Returns the questions to offer for what was typed so far, best first. */
  suggest(view: View, typed: string): string[];
  /** Whether questions are answered within milliseconds. */
  isReady(): boolean;
  /** Makes everything ready a little at a time; calls `yieldTurn` between the steps, so that nothing else has to wait. */
  prepare(yieldTurn: () => Promise<unknown>): Promise<void>;
}

/** Creates the answerer of the given facts. Builds nothing yet. */
export function createQuestionAnswerer(source: QuestionSource): QuestionAnswerer {
  const finder = createAnswerFinder(source);
  const suggestions = createSuggestions(finder);
  return {
    answer(view, question, shown) {
      const talk = smallTalkOf(question);
      if (talk) return createSmallTalkCard(view, finder.indexOf(view.snapshot), talk, shown);
      const offered = suggestions.find(view, question);
      if (offered) return createOfferedCard(finder, view, offered, { question, shown });
      const asked = withoutSmallTalk(question);
      return (
        createPastDayCard(finder, view, { question: asked, shown }) ??
        createAnswerCard(finder, view, asked, shown)
      );
    },
    suggest: suggestions.suggest,
    isReady: finder.isReady,
    async prepare(yieldTurn) {
      await finder.prepare(yieldTurn);
      await finishSlowly(rehearse(finder, source), yieldTurn);
    },
  };
}

const ORDINARY_QUESTION = 'how long is it';

/** Reads a question in steps: what a regular expression needs is made at its first use, which takes longer than any answer. */
function* rehearse(finder: AnswerFinder, { facts }: QuestionSource): Steps<void> {
  const snapshot = facts.asOf(END_OF_TIME);
  smallTalkOf(ORDINARY_QUESTION);
  yield;
  askedDay(ORDINARY_QUESTION, snapshot.day);
  yield;
  finder.find(snapshot, ORDINARY_QUESTION);
}
