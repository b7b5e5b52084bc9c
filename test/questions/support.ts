import { LIMITS } from '../../src/discord/message/limits.ts';
import { createFacts } from '../../src/facts/snapshot.ts';
import { parseData, readData } from '../../src/knowledge/load.ts';
import { type AnswerFinder, createAnswerFinder } from '../../src/questions/find-answer.ts';
import type { QuestionData } from '../../src/questions/parse-question-data.ts';
import type { QuestionSource } from '../../src/questions/question-index.ts';

/** The facts, the vocabulary and the examples of the real data. */
export function questionSource(): QuestionData & QuestionSource {
  const result = parseData(readData('data'), LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { facts: createFacts(result.facts), ...result.questions };
}

/** A new finder over the real data, in which nothing is built yet. */
export const newFinder = (): AnswerFinder => createAnswerFinder(questionSource());
