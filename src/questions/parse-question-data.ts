import { basename } from 'node:path';
import type { z } from 'zod';
import type { ParseResult } from '../facts/parse.ts';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { type AskModelFile, askModelFile, emptyAskModel } from './ask-model-file.ts';
import { checkExamples, type Examples, emptyExamples } from './examples-schema.ts';
import { checkOtherTitles, emptyOtherTitles, type OtherTitles, otherTitlesFile } from './other-titles.ts';
import { checkPhrases } from './repeated-phrases.ts';
import { checkVocabulary } from './vocabulary-rules.ts';
import { emptyVocabulary, type Vocabulary } from './vocabulary-schema.ts';
import { type Wordings, wordingsFile, wordingsWithoutExamples } from './wordings-schema.ts';

/** How people ask: the words they use, whole questions by what they ask for, and names that are not ours. */
export interface QuestionData {
  vocabulary: Vocabulary;
  examples: Examples;
  otherTitles: OtherTitles;
  /** What was learned from all of it. */
  model: AskModelFile;
}

/** What is read: everything, or only what answers need. Examples are for learning, and a mistake in them changes no answer. */
export type QuestionScope = 'all' | 'answers';

/** The parsed question files, or every mistake in them. */
export type QuestionDataResult = { ok: true; data: QuestionData } | { ok: false; problems: Problem[] };

const WORDINGS = 'wordings.json';
const OTHER_TITLES = 'other-titles.json';
/** What was learned from them. */
const MODEL = 'ask-model.json';
/** The files of the data folder that say how people ask. */
export const QUESTION_FILES: readonly string[] = [WORDINGS, OTHER_TITLES, MODEL];

/**
 * Parses the wordings and the names of other films, and checks them against the facts. A file that is not there counts as
 * empty. For answers alone, examples are left out, and names are not compared with each other.
 */
export function parseQuestionData(
  files: readonly DataFile[],
  facts: ParseResult,
  scope: QuestionScope = 'all',
): QuestionDataResult {
  const problems: Problem[] = [];
  const data: QuestionData = {
    vocabulary: emptyVocabulary(),
    examples: emptyExamples(),
    otherTitles: emptyOtherTitles(),
    model: emptyAskModel(),
  };
  const wordingsJson = files.find(({ file }) => basename(file) === WORDINGS);
  if (wordingsJson && scope === 'all') readWordings(wordingsJson, facts, data, problems);
  else if (wordingsJson) readVocabulary(wordingsJson, facts, data, problems);
  const otherTitles = files.find(({ file }) => basename(file) === OTHER_TITLES);
  if (otherTitles) {
    data.otherTitles = parseFile(otherTitles, otherTitlesFile, problems) ?? data.otherTitles;
    if (facts.ok && scope === 'all') {
      const own = { facts: facts.data, vocabulary: data.vocabulary };
      problems.push(...checkOtherTitles(otherTitles.file, data.otherTitles, own));
    }
  }
  const model = files.find(({ file }) => basename(file) === MODEL);
  if (model) data.model = parseFile(model, askModelFile, problems) ?? data.model;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data };
}

function readWordings(json: DataFile, facts: ParseResult, data: QuestionData, problems: Problem[]): void {
  const wordings = parseFile(json, wordingsFile, problems);
  if (!wordings) return;
  const { answered, refused, $schema: _, ...vocabulary } = wordings;
  data.vocabulary = vocabulary;
  data.examples = { answered, refused };
  problems.push(
    ...checkVocabulary(json.file, vocabulary, idsOf(facts)),
    ...checkExamplesAndPhrases(json.file, wordings, facts),
  );
}

function readVocabulary(json: DataFile, facts: ParseResult, data: QuestionData, problems: Problem[]): void {
  const wordings = parseFile(json, wordingsWithoutExamples, problems);
  if (!wordings) return;
  const { answered: _, refused: __, $schema: ___, ...vocabulary } = wordings;
  data.vocabulary = vocabulary;
  problems.push(...checkVocabulary(json.file, vocabulary, idsOf(facts)));
}

const idsOf = (facts: ParseResult) => (facts.ok ? facts.data : facts.partialData).ids;

/** Returns what a schema cannot see in the examples and phrases. */
function checkExamplesAndPhrases(file: string, wordings: Wordings, facts: ParseResult): Problem[] {
  const { slots } = facts.ok ? facts.data : facts.partialData;
  return [
    ...checkPhrases(file, wordings),
    // A slot that a mistake leaves out is reported once, not by every example that asks for it.
    ...(facts.ok ? checkExamples(file, wordings, slots) : []),
  ];
}

function parseFile<T>(dataFile: DataFile, schema: z.ZodType<T>, problems: Problem[]): T | undefined {
  const json = parseJsonFile(dataFile, problems);
  if (json === undefined) return undefined;
  const result = schema.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  problems.push(...schemaProblems(dataFile.file, [], result.error));
  return undefined;
}
