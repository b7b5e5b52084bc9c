import { LIMITS } from '../../src/discord/message/limits.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import { splitDataFiles } from '../../src/knowledge/load.ts';
import { readDataFiles } from '../../src/knowledge/read-files.ts';
import type { DataFile, Problem } from '../../src/lib/data-file.ts';
import { parseQuestionData } from '../../src/questions/parse-question-data.ts';

const files = readDataFiles('data');

/** A data file's JSON, to be spoilt. */
// biome-ignore lint/suspicious/noExplicitAny: it is changed in ways that no type allows
export type Loose = any;

/** The real data with one file changed: its JSON, or its text; `null` takes it away. */
export function dataWith(
  file: string,
  change: ((json: Loose) => unknown) | { text: (text: string) => string } | null,
  in_: readonly DataFile[] = files,
): DataFile[] {
  if (!in_.some((dataFile) => dataFile.file === file)) throw new Error(`there is no ${file}`);
  if (change === null) return in_.filter((dataFile) => dataFile.file !== file);
  return in_.map((dataFile) =>
    dataFile.file === file ? { file, text: changed(dataFile.text, change) } : dataFile,
  );
}

function changed(text: string, change: ((json: Loose) => unknown) | { text: (text: string) => string }) {
  if (typeof change !== 'function') return change.text(text);
  const json = JSON.parse(text);
  change(json);
  return JSON.stringify(json, null, 2);
}

/** Every mistake in these fact files and question files. */
export function problemsOf(data: readonly DataFile[]): Problem[] {
  const files = splitDataFiles(data);
  const facts = parseFacts(files.facts, LIMITS);
  const questions = parseQuestionData(files.questions, facts);
  return [facts, questions].flatMap((result) => (result.ok ? [] : result.problems));
}

/** The slot of that id in a claims file. */
export function slotIn(json: Loose, id: string): Loose {
  const slot = json.slots.find((entry: Loose) => entry.slot === id);
  if (!slot) throw new Error(`there is no slot ${id}`);
  return slot;
}
