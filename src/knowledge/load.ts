import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFacts } from '../facts/parse.ts';
import { createFacts } from '../facts/snapshot.ts';
import { parseCatalogue } from '../i18n/catalogue.ts';
import { type Problem, problemLine } from '../lib/data-file.ts';
import type { Knowledge } from './knowledge.ts';
import { type DataFile, readDataFiles, readMessageFiles } from './read-files.ts';

/** The data files hold mistakes: one line each, with the file, the path and what to change. */
export class DataError extends Error {
  override name = 'DataError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

/** The files of a data folder as they stand on the disk. */
export interface DataFiles {
  facts: DataFile[];
  messages: DataFile[];
}

/** Where the messages are: in the bot's own folder where the given one holds only facts. */
const messagesOf = (folder: string) => (existsSync(join(folder, 'messages')) ? folder : 'data');

/** The folders whose files are read from a data folder. */
export const foldersOf = (folder: string): string[] => [
  folder,
  join(folder, 'claims'),
  join(messagesOf(folder), 'messages'),
];

/** Reads the files of a data folder. Throws a `DataError` where it is none. */
export function readData(folder: string): DataFiles {
  if (!existsSync(join(folder, 'claims'))) {
    const message =
      'is not a data folder: it has no claims/ in it. Correct CONCIERGE_DATA, or put the folder there';
    throw new DataError([{ file: folder, path: '', message }]);
  }
  return { facts: withWording(readDataFiles(folder)), messages: readMessageFiles(messagesOf(folder)) };
}

/** Checks everything in the files. Throws a `DataError` with every mistake at once. */
export function parseKnowledge(files: DataFiles): Knowledge {
  const facts = parseFacts(files.facts);
  const messages = parseCatalogue(files.messages);
  if (facts.ok && messages.ok) return { facts: createFacts(facts.data), catalogue: messages.catalogue };
  throw new DataError([...(facts.ok ? [] : facts.problems), ...(messages.ok ? [] : messages.problems)]);
}

const ASKING = ['ask.json', 'ways-of-asking.json'];

/** How people ask comes from the bot's own folder too, where the given one does not say. */
function withWording(files: DataFile[]): DataFile[] {
  const missing = ASKING.filter((name) => !files.some(({ file }) => basename(file) === name));
  if (missing.length === 0) return files;
  return [...files, ...readDataFiles('data').filter(({ file }) => missing.includes(basename(file)))];
}

/** Reads and checks a data folder. */
export const loadData = (folder: string): Knowledge => parseKnowledge(readData(folder));
