import type { Facts } from '../../facts/snapshot.ts';
import type { ComparisonContext } from '../answer-signs.ts';
import { type AskModel, createAskModel } from '../ask-model.ts';
import type { AskModelFile, Weights } from '../ask-model-file.ts';
import type { Examples } from '../examples-schema.ts';
import type { OtherTitles } from '../other-titles.ts';
import type { ParserContext } from '../parse-question.ts';
import type { QuestionIndex } from '../question-index.ts';
import { certaintySigns, type RankedAnswer, rankAnswers } from '../rank-answers.ts';
import { type ReadQuestion, readQuestion } from '../read-question.ts';
import { withoutSmallTalk } from '../small-talk.ts';
import { collectExamples, parseExample, type WrittenExample } from './examples-to-learn.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { createLabels, type Labels } from './labels.ts';
import { packModel } from './pack-model.ts';
import { createRandom } from './random.ts';
import { type CertaintyCase, learnCertainty, learnRanking, type RankingCase } from './sign-weights.ts';

/** What the model is learned from. */
export interface LearningSource {
  facts: Facts;
  examples: Examples;
  otherTitles: OtherTitles;
  /** The answers by the newest facts. */
  index: QuestionIndex;
  /** How questions are parsed by who knows no names of others: there are more of them than any list has. */
  parserWithoutOthers: ParserContext;
}

/** What signs count is learned with models that do not know the question: in so many parts, each left out once. */
const PARTS = 5;
/** So many examples in a row go into the same part: they are often by one person, and much alike. */
const RUN = 10;
/** Of three examples of a kind, so many are used for that: there are enough. */
const USED = { answered: 3, refused: 3, 'about-other': 2 } as const;
/** So often an answered example with placeholders is asked. */
const FILLED = 3;
/** One in so many questions about others is read with the list of their names, as some of them are listed. */
const LISTED = 4;
/** A question is learned from with so many wrong answers; more are much like these. */
const MAX_WRONG = 200;
/** How much a question counts whose best answer is wrong, by its kind. */
const WRONG = { answered: 0.6, refused: 1, 'about-other': 1 } as const;

/** An example that is asked of a model that does not know it. */
interface Trial {
  example: WrittenExample;
  /** The number of the example. */
  number: number;
  /** Which of several times it is asked, with other names in its placeholders. */
  time: number;
  model: AskModel;
}

/**
 * Learns the model from the examples: first the intents, then what signs count. The same data always gives the same model. Takes
 * minutes.
 */
export function learnAskModel(source: LearningSource): AskModelFile {
  const labels = createLabels(source.index.profiles);
  const examples = collectExamples(source.examples, source.otherTitles, labels);
  const parsed = examples.map((example, at) => parseExample(example, parserFor(example, at, source), labels));
  const trials = Array.from({ length: PARTS }, (_, part): Trial[] => {
    const model = createAskModel(packModel(parsed.filter((_, at) => partOf(at) !== part)));
    return examples.flatMap((example, number) => {
      if (partOf(number) !== part) return [];
      return Array.from({ length: timesOf(example, number) }, (_, time) => ({
        example,
        number,
        time,
        model,
      }));
    });
  }).flat();
  const ranking = learnRanking(trials.flatMap((trial) => rankingCase(trial, source, labels)));
  const certainty = learnCertainty(trials.flatMap((trial) => certaintyCase(trial, ranking, source, labels)));
  return { ...packModel(parsed), ranking, certainty };
}

const partOf = (at: number) => Math.floor(at / RUN) % PARTS;

/** How many times an example is asked. One with placeholders stands for many questions, and for those that most people ask. */
function timesOf({ text, kind }: WrittenExample, at: number): number {
  if (kind === 'answered' && text.includes('{')) return FILLED;
  return at % 3 < USED[kind] ? 1 : 0;
}

const parserFor = ({ kind }: WrittenExample, at: number, source: LearningSource): ParserContext =>
  kind === 'about-other' && at % LISTED !== 0 ? source.parserWithoutOthers : source.index.parserContext;

/** An answer to an example, and whether it is right. */
type JudgedAnswer = RankedAnswer & { isRight: boolean };

/** Asks an example as somebody would, and judges the answers. */
function ask(
  { example, number, time, model }: Trial,
  ranking: Weights,
  source: LearningSource,
  labels: Labels,
): { read: ReadQuestion; answers: JudgedAnswer[] } {
  const { facts, index } = source;
  const { asks, text } = example;
  const filled = fillPlaceholders(text, labels.answersOf(asks), facts, createRandom(number * FILLED + time));
  const context: ComparisonContext = { ...index, isUpToDate: () => true };
  const read = readQuestion(withoutSmallTalk(filled.text), model, parserFor(example, number, source));
  const right = labels.rightAnswers(asks, filled.names, read.mentions);
  const { answers } = rankAnswers(read, { ...model, ranking }, context);
  return { read, answers: answers.map((answer) => ({ ...answer, isRight: right.has(answer.profile) })) };
}

/** The answers to an answered example; none where no answer is right, as its intent is not among the likeliest. */
function rankingCase(trial: Trial, source: LearningSource, labels: Labels): RankingCase[] {
  if (trial.example.kind !== 'answered') return [];
  const { answers } = ask(trial, {}, source, labels);
  const right = answers.filter(({ isRight }) => isRight);
  const wrong = answers.filter(({ isRight }) => !isRight).slice(0, MAX_WRONG);
  return right.length > 0 ? [[...right, ...wrong].map(({ signs, isRight }) => ({ signs, isRight }))] : [];
}

function certaintyCase(
  trial: Trial,
  ranking: Weights,
  source: LearningSource,
  labels: Labels,
): CertaintyCase[] {
  const { read, answers } = ask(trial, ranking, source, labels);
  const [best] = answers;
  const signs = certaintySigns(read, answers);
  if (!best || !signs) return [];
  return [{ signs, isRight: best.isRight, weight: best.isRight ? 1 : WRONG[trial.example.kind] }];
}
