import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FactData } from '../facts/fact-data.ts';
import { parseFacts } from '../facts/parse.ts';
import type { ChoiceLimits } from '../facts/rules.ts';
import { createFacts } from '../facts/snapshot.ts';
import { type Catalogue, parseCatalogue } from '../i18n/catalogue.ts';
import { type DataFile, type Problem, problemLine } from '../lib/data-file.ts';
import {
  parseQuestionData,
  QUESTION_FILES,
  type QuestionData,
  type QuestionScope,
} from '../questions/parse-question-data.ts';
import { createQuestionAnswerer } from '../questions/question-answerer.ts';
import type { Knowledge } from './knowledge.ts';
import { readDataFiles, readMessageFiles } from './read-files.ts';

/** The data files hold mistakes. The message has a line for each: the file, the path and what to change. */
export class DataError extends Error {
  override name = 'DataError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

/** The files of a data folder, by what parses them. */
export interface DataFiles {
  facts: DataFile[];
  /** How people ask: the wordings, and the names of other films. */
  questions: DataFile[];
  messages: DataFile[];
}

/** The folder with the messages: the bot's own where the given one has only facts. */
const messagesOf = (folder: string) => (existsSync(join(folder, 'messages')) ? folder : 'data');

/** Returns the folders whose files are read for a data folder. */
export const foldersOf = (folder: string): string[] => [
  folder,
  join(folder, 'claims'),
  join(messagesOf(folder), 'messages'),
];

/** Returns the files of a data folder. Throws a `DataError` where it is none. */
export function readData(folder: string): DataFiles {
  if (!existsSync(join(folder, 'claims'))) {
    const message =
      'is not a data folder: it has no claims/ in it. Correct CONCIERGE_DATA, or put the folder there';
    throw new DataError([{ file: folder, path: '', message }]);
  }
  const { facts, questions } = splitDataFiles(readDataFiles(folder));
  return { facts, questions: withOwnQuestions(questions), messages: readMessageFiles(messagesOf(folder)) };
}

/** Separates the files that say how people ask from the fact files. */
export function splitDataFiles(files: readonly DataFile[]): Pick<DataFiles, 'facts' | 'questions'> {
  const { facts = [], questions = [] } = Object.groupBy(files, ({ file }) =>
    QUESTION_FILES.includes(basename(file)) ? 'questions' : 'facts',
  );
  return { facts, questions };
}

/** Adds the bot's own files on how people ask where the data folder has none. */
function withOwnQuestions(files: DataFile[]): DataFile[] {
  const missing = QUESTION_FILES.filter((name) => !files.some(({ file }) => basename(file) === name));
  if (missing.length === 0) return files;
  return [...files, ...readDataFiles('data').filter(({ file }) => missing.includes(basename(file)))];
}

/** The parsed files of a data folder, or every mistake in them. */
export type DataResult =
  | { ok: true; facts: FactData; questions: QuestionData; catalogue: Catalogue }
  | { ok: false; problems: Problem[] };

/** Parses and checks all files of a data folder; reports the mistakes of all of them in one go. */
export function parseData(files: DataFiles, limits: ChoiceLimits, scope: QuestionScope = 'all'): DataResult {
  const facts = parseFacts(files.facts, limits);
  const questions = parseQuestionData(files.questions, facts, scope);
  const messages = parseCatalogue(files.messages);
  if (facts.ok && questions.ok && messages.ok)
    return { ok: true, facts: facts.data, questions: questions.data, catalogue: messages.catalogue };
  const problems = [facts, questions, messages].flatMap((result) => (result.ok ? [] : result.problems));
  return { ok: false, problems };
}

/** Makes the knowledge of the files of a data folder. Throws a `DataError` with every mistake in them. */
export function parseKnowledge(files: DataFiles, limits: ChoiceLimits): Knowledge {
  const result = parseData(files, limits, 'answers');
  if (!result.ok) throw new DataError(result.problems);
  const facts = createFacts(result.facts, process.versions['tz']);
  const questions = createQuestionAnswerer({ facts, ...result.questions });
  return { facts, catalogue: result.catalogue, questions };
}

/** Without limits: lists of choices may be of any length. */
const NO_LIMITS: ChoiceLimits = {
  choices: Number.POSITIVE_INFINITY,
  choiceName: Number.POSITIVE_INFINITY,
};

/** Reads and checks a data folder. Throws a `DataError` with every mistake in it. */
export const loadData = (folder: string, limits: ChoiceLimits = NO_LIMITS): Knowledge =>
  parseKnowledge(readData(folder), limits);
