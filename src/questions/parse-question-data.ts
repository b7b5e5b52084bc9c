import { basename } from 'node:path';
import type { z } from 'zod';
import type { ParseResult } from '../facts/parse.ts';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { checkExamples, type Examples, emptyExamples, examplesFile } from './examples-schema.ts';
import { checkOtherTitles, emptyOtherTitles, type OtherTitles, otherTitlesFile } from './other-titles.ts';
import { checkVocabulary } from './vocabulary-rules.ts';
import { emptyVocabulary, type Vocabulary, vocabularyFile } from './vocabulary-schema.ts';

/** How people ask: the words they use, whole questions by what they ask for, and names that are not ours. */
export interface QuestionData {
  vocabulary: Vocabulary;
  examples: Examples;
  otherTitles: OtherTitles;
}

/** The parsed question files, or every mistake in them. */
export type QuestionDataResult = { ok: true; data: QuestionData } | { ok: false; problems: Problem[] };

const VOCABULARY = 'ask.json';
const EXAMPLES = 'ways-of-asking.json';
const OTHER_TITLES = 'other-titles.json';
/** The files of the data folder that say how people ask. */
export const QUESTION_FILES: readonly string[] = [VOCABULARY, EXAMPLES, OTHER_TITLES];

/**
 * Parses the vocabulary, the examples and the names of other films, and checks them against the facts. A file that is not
 * there counts as empty.
 */
export function parseQuestionData(files: readonly DataFile[], facts: ParseResult): QuestionDataResult {
  const problems: Problem[] = [];
  const data: QuestionData = {
    vocabulary: emptyVocabulary(),
    examples: emptyExamples(),
    otherTitles: emptyOtherTitles(),
  };
  const { ids, slots } = facts.ok ? facts.data : facts.partialData;
  const vocabulary = files.find(({ file }) => basename(file) === VOCABULARY);
  if (vocabulary) {
    data.vocabulary = parseFile(vocabulary, vocabularyFile, problems) ?? data.vocabulary;
    problems.push(...checkVocabulary(vocabulary.file, data.vocabulary, ids));
  }
  const examples = files.find(({ file }) => basename(file) === EXAMPLES);
  if (examples) {
    data.examples = parseFile(examples, examplesFile, problems) ?? data.examples;
    // A slot that a mistake leaves out is reported once, not by every example that asks for it.
    if (facts.ok && problems.length === 0)
      problems.push(...checkExamples(examples.file, data.examples, slots));
  }
  const otherTitles = files.find(({ file }) => basename(file) === OTHER_TITLES);
  if (otherTitles) {
    data.otherTitles = parseFile(otherTitles, otherTitlesFile, problems) ?? data.otherTitles;
    if (facts.ok) {
      const own = { facts: facts.data, vocabulary: data.vocabulary };
      problems.push(...checkOtherTitles(otherTitles.file, data.otherTitles, own));
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data };
}

function parseFile<T>(dataFile: DataFile, schema: z.ZodType<T>, problems: Problem[]): T | undefined {
  const json = parseJsonFile(dataFile, problems);
  if (json === undefined) return undefined;
  const result = schema.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  problems.push(...schemaProblems(dataFile.file, [], result.error));
  return undefined;
}
