import { basename } from 'node:path';
import type { z } from 'zod';
import type { ParseResult } from '../facts/parse.ts';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { checkExamples, type Examples, emptyExamples, examplesFile } from './examples-schema.ts';
import { checkVocabulary } from './vocabulary-rules.ts';
import { emptyVocabulary, type Vocabulary, vocabularyFile } from './vocabulary-schema.ts';

/** How people ask: the words they use, and whole questions by what they ask for. */
export interface QuestionData {
  vocabulary: Vocabulary;
  examples: Examples;
}

/** The parsed question files, or every mistake in them. */
export type QuestionDataResult = { ok: true; data: QuestionData } | { ok: false; problems: Problem[] };

const VOCABULARY = 'ask.json';
const EXAMPLES = 'ways-of-asking.json';
/** The files of the data folder that say how people ask. */
export const QUESTION_FILES: readonly string[] = [VOCABULARY, EXAMPLES];

/**
 * Parses the vocabulary and the examples, and checks them against the ids and slots of the facts. A file that is not there
 * counts as empty.
 */
export function parseQuestionData(files: readonly DataFile[], facts: ParseResult): QuestionDataResult {
  const problems: Problem[] = [];
  const data = { vocabulary: emptyVocabulary(), examples: emptyExamples() };
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
