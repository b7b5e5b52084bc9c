import { type AskModelFile, createAskModel, encodeRow } from './ask-model.ts';
import { type CertaintyWeights, type JudgedSigns, learnCertainty, SIGNS, signsOf } from './certainty.ts';
import type { Examples } from './examples-schema.ts';
import type { Intent } from './intent.ts';
import type { OtherTitles } from './other-titles.ts';
import { pathExpression } from './path-pattern.ts';
import { rankQuestion } from './rank-question.ts';
import { trainSoftmax } from './train-model.ts';
import { createRenamer, createTrainingSet, type TrainingSource } from './training-examples.ts';

/** Smaller weights are left out: they change no answer, and are most of all. */
const MIN_WEIGHT = 0.1;
/** Weights are stored as steps from -127 to 127; larger ones are cut. */
const MAX_WEIGHT = 3;
const MAX_STEP = 127;
/** One example in so many, and one other title in so many, is kept to learn the certainty from. */
const KEPT_OUT = 8;

/** What was learned, without the digest of what it was learned from. */
export type LearnedModel = Omit<AskModelFile, 'digest'>;

/**
 * Learns the model from the examples. The same data always gives the same model. How certain an answer is, is learned from
 * examples that the intents were not learned from: of those that they were, they are always certain.
 */
export function learnAskModel(source: TrainingSource): LearnedModel {
  const { learned, keptOut } = splitExamples(source);
  const intents = learnIntents({ ...source, ...learned });
  const judged = judge({ ...intents, digest: '' }, { ...source, ...keptOut });
  return { ...learnIntents(source), certainty: learnCertainty(judged) };
}

const UNDECIDED = Object.fromEntries(SIGNS.map((sign) => [sign, 0])) as CertaintyWeights;

function learnIntents(source: TrainingSource): LearnedModel {
  const { examples, words } = createTrainingSet(source);
  const { intents, features } = trainSoftmax(examples);
  const step = MAX_WEIGHT / MAX_STEP;
  const stepsOf = (weight: number) => Math.max(-MAX_STEP, Math.min(MAX_STEP, Math.round(weight / step)));
  const rows = [...features].flatMap(([feature, weights]): [string, string][] => {
    const row = [...weights].flatMap((weight, number): [number, number][] =>
      Math.abs(weight) < MIN_WEIGHT ? [] : [[number, stepsOf(weight)]],
    );
    return row.length > 0 ? [[feature, encodeRow(row)]] : [];
  });
  const numbers = new Map(intents.map((intent, at) => [intent, at]));
  const usedFor = (list: ReadonlySet<Intent>) => {
    const sorted = [...list].map((intent) => numbers.get(intent) ?? 0).sort((a, b) => a - b);
    return encodeRow(sorted.map((number) => [number, 1]));
  };
  return {
    step,
    intents: [...intents],
    certainty: UNDECIDED,
    features: Object.fromEntries(rows),
    words: Object.fromEntries(
      [...words.keys()].sort().map((word) => [word, usedFor(words.get(word) ?? new Set())]),
    ),
  };
}

/** What may be learned from. */
interface Material {
  examples: Examples;
  otherTitles: OtherTitles;
}

/** Splits what may be learned from in two. */
function splitExamples({ examples, otherTitles }: Material): { learned: Material; keptOut: Material } {
  const part = (isWanted: (at: number) => boolean): Material => {
    const some = (list: readonly string[]) => list.filter((_, at) => isWanted(at));
    const groups = <G extends { like: string[] }>(list: readonly G[]) =>
      list.map((group) => ({ ...group, like: some(group.like) }));
    return {
      examples: { answered: groups(examples.answered), refused: groups(examples.refused) },
      otherTitles: {
        titles: some(otherTitles.titles),
        people: some(otherTitles.people),
        places: some(otherTitles.places),
      },
    };
  };
  const isKeptOut = (at: number) => at % KEPT_OUT === KEPT_OUT - 1;
  return { learned: part((at) => !isKeptOut(at)), keptOut: part(isKeptOut) };
}

/** An example with names in braces is no question that somebody asks. */
const isQuestion = (text: string) => !text.includes('{');

/** Answers what was kept out with the model, and says which answers are right. */
function judge(file: AskModelFile, { examples, otherTitles, profiles, parserContext }: TrainingSource): JudgedSigns[] {
  const model = createAskModel(file);
  const profilesOf = Map.groupBy(profiles, ({ intent }) => intent);
  const judgeOne = (text: string, asks: readonly RegExp[], weight: number): JudgedSigns[] => {
    const question = rankQuestion(text, { model, profilesOf, parserContext });
    const signs = signsOf(question, model);
    const target = question.candidates[0]?.profile.target;
    const path = target && ('slot' in target ? target.slot : `list/${target.list}`);
    return signs ? [{ signs, weight, isRight: path !== undefined && asks.some((ask) => ask.test(path)) }] : [];
  };
  const rename = createRenamer(otherTitles);
  const answered = examples.answered.flatMap(({ asks, like }) => {
    const expressions = asks.map(pathExpression);
    return like.filter(isQuestion).map((text) => ({ text, expressions }));
  });
  return [
    ...answered.flatMap(({ text, expressions }) => judgeOne(text, expressions, 1)),
    ...examples.refused.flatMap(({ like }) => like).filter(isQuestion).flatMap((text) => judgeOne(text, [], 1)),
    ...answered.flatMap(({ text }) => rename(text) ?? []).flatMap((text) => judgeOne(text, [], 1)),
  ];
}
