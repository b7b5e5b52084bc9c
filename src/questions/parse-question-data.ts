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
import { type Wordings, wordingsFile } from './wordings-schema.ts';

/** How people ask: the words they use, whole questions by what they ask for, and names that are not ours. */
export interface QuestionData {
  vocabulary: Vocabulary;
  examples: Examples;
  otherTitles: OtherTitles;
  /** What was learned from all of it. */
  model: AskModelFile;
}

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
 * empty.
 */
export function parseQuestionData(files: readonly DataFile[], facts: ParseResult): QuestionDataResult {
  const problems: Problem[] = [];
  const data: QuestionData = {
    vocabulary: emptyVocabulary(),
    examples: emptyExamples(),
    otherTitles: emptyOtherTitles(),
    model: emptyAskModel(),
  };
  const wordingsJson = files.find(({ file }) => basename(file) === WORDINGS);
  const wordings = wordingsJson && parseFile(wordingsJson, wordingsFile, problems);
  if (wordings) {
    const { answered, refused, $schema: _, ...vocabulary } = wordings;
    data.vocabulary = vocabulary;
    data.examples = { answered, refused };
    problems.push(...checkWordings(wordingsJson.file, wordings, facts));
  }
  const otherTitles = files.find(({ file }) => basename(file) === OTHER_TITLES);
  if (otherTitles) {
    data.otherTitles = parseFile(otherTitles, otherTitlesFile, problems) ?? data.otherTitles;
    if (facts.ok) {
      const own = { facts: facts.data, vocabulary: data.vocabulary };
      problems.push(...checkOtherTitles(otherTitles.file, data.otherTitles, own));
    }
  }
  const model = files.find(({ file }) => basename(file) === MODEL);
  if (model) data.model = parseFile(model, askModelFile, problems) ?? data.model;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data };
}

/** Returns what a schema cannot see in the wordings. */
function checkWordings(file: string, wordings: Wordings, facts: ParseResult): Problem[] {
  const { ids, slots } = facts.ok ? facts.data : facts.partialData;
  return [
    ...checkVocabulary(file, wordings, ids),
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
