import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFacts } from './facts/parse.ts';
import { type Problem, problemLine } from './facts/problem.ts';
import { type DataFile, readDataFiles, readMessageFiles } from './facts/read.ts';
import { type Facts, factsOf } from './facts/world.ts';
import { type Catalogue, parseCatalogue } from './text/catalogue.ts';

/** The data files hold mistakes: one line each, with the file, the path and what to change. */
export class DataError extends Error {
  override name = 'DataError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads and checks everything in a data folder. The messages come from the bot's own folder where the given one holds only
 * facts. Throws a `DataError` with every mistake at once.
 */
export function loadData(folder: string): { facts: Facts; catalogue: Catalogue } {
  if (!existsSync(join(folder, 'claims'))) {
    const message =
      'is not a data folder: it has no claims/ in it. Correct CONCIERGE_DATA, or put the folder there';
    throw new DataError([{ file: folder, path: '', message }]);
  }
  const facts = parseFacts(withWording(readDataFiles(folder)));
  const messages = parseCatalogue(readMessageFiles(existsSync(join(folder, 'messages')) ? folder : 'data'));
  if (facts.ok && messages.ok) return { facts: factsOf(facts.data), catalogue: messages.catalogue };
  throw new DataError([...(facts.ok ? [] : facts.problems), ...(messages.ok ? [] : messages.problems)]);
}

const ASKING = ['ask.json', 'ways-of-asking.json'];

/** How people ask comes from the bot's own folder too, where the given one does not say. */
function withWording(files: DataFile[]): DataFile[] {
  const missing = ASKING.filter((name) => !files.some(({ file }) => basename(file) === name));
  if (missing.length === 0) return files;
  return [...files, ...readDataFiles('data').filter(({ file }) => missing.includes(basename(file)))];
}
