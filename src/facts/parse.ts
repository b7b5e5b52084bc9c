import { basename, dirname } from 'node:path';
import type { DataFile } from '../knowledge/read-files.ts';
import { type Problem, schemaProblems } from '../lib/data-file.ts';
import { checkExamples, examplesFile } from './examples-schema.ts';
import { type FactData, type PlacedSlot, TABLES, type Table } from './fact-data.ts';
import { checkRules } from './rules.ts';
import { entrySchemas, idSchema, slotSchema } from './schema.ts';
import { checkVocabulary } from './vocabulary-rules.ts';
import { vocabularyFile } from './vocabulary-schema.ts';

export type ParseResult = { ok: true; data: FactData } | { ok: false; problems: Problem[] };

/**
 * Parses all fact files. Every mistake of every file is reported in one go: a slot with a mistake of form is set aside
 * and the rules are still asked about the others.
 */
export function parseFacts(files: readonly DataFile[]): ParseResult {
  const problems: Problem[] = [];
  const data = emptyData();
  const missing = new Set<Table>(TABLES);
  // Data from before there were terms has none.
  missing.delete('terms');

  for (const { file, text } of files) {
    const table = TABLES.find((one) => basename(file) === `${one}.json`);
    if (table) missing.delete(table);
    const json = parseJson(file, text, problems);
    if (json === undefined) continue;
    if (basename(dirname(file)) === 'claims') data.slots.push(...parseSlots(file, json, problems));
    else if (table) parseTable(file, table, json, data, problems);
    else if (basename(file) === WORDING) parseWording(file, json, data, problems);
    else if (basename(file) === WAYS) parseWays(file, json, data, problems);
    else
      problems.push({
        file,
        path: '',
        message: `is not a data file; here stand ${TABLES.join(', ')} and claims/`,
      });
  }

  for (const table of missing) {
    problems.push({ file: `data/${table}.json`, path: '', message: 'is missing; put it back' });
  }
  const named = (name: string) => files.find(({ file }) => basename(file) === name)?.file;
  problems.push(...checkRules(data), ...checkVocabulary(named(WORDING) ?? WORDING, data));
  // A slot that a mistake keeps out is reported once, not by every example that asks for it.
  if (problems.length === 0) problems.push(...checkExamples(named(WAYS) ?? WAYS, data));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data };
}

/** How people ask, beside the facts. */
const WORDING = 'ask.json';
const WAYS = 'ways-of-asking.json';

const emptyData = (): FactData => ({
  slots: [],
  sources: {},
  titles: {},
  people: {},
  characters: {},
  terms: {},
  ids: {},
});

function parseJson(file: string, text: string, problems: Problem[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      file,
      path: '',
      message: `is not JSON: ${reason}. Look for a missing comma, quote or bracket there`,
    });
    return undefined;
  }
}

function parseTable(file: string, table: Table, json: unknown, data: FactData, problems: Problem[]): void {
  const entries = frame(file, table, json, problems);
  if (!isRecord(entries)) {
    problems.push({ file, path: table, message: `is missing; the file is {"${table}": { "id": { … } }}` });
    return;
  }
  const ids = new Set<string>();
  data.ids[table] = ids;
  for (const [id, entry] of Object.entries(entries)) {
    ids.add(id);
    const named = idSchema.safeParse(id, { reportInput: true });
    if (!named.success) problems.push(...schemaProblems(file, [table, id], named.error));
    const result = entrySchemas[table].safeParse(entry, { reportInput: true });
    if (result.success) Object.assign(data[table], { [id]: result.data });
    else problems.push(...schemaProblems(file, [table, id], result.error));
  }
}

function parseWording(file: string, json: unknown, data: FactData, problems: Problem[]): void {
  const result = vocabularyFile.safeParse(json, { reportInput: true });
  if (!result.success) {
    problems.push(...schemaProblems(file, [], result.error));
    return;
  }
  const { $schema: _, ...wording } = result.data;
  data.wording = wording;
}

function parseWays(file: string, json: unknown, data: FactData, problems: Problem[]): void {
  const result = examplesFile.safeParse(json, { reportInput: true });
  if (!result.success) {
    problems.push(...schemaProblems(file, [], result.error));
    return;
  }
  const { $schema: _, ...ways } = result.data;
  data.ways = ways;
}

/** The one list or map that a data file holds; anything else beside it but `$schema` is reported. */
function frame(file: string, key: string, json: unknown, problems: Problem[]): unknown {
  if (!isRecord(json)) return undefined;
  for (const other of Object.keys(json)) {
    if (other === key || other === '$schema') continue;
    problems.push({
      file,
      path: other,
      message: `is not known here; beside "$schema" the file holds only "${key}"`,
    });
  }
  return json[key];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseSlots(file: string, json: unknown, problems: Problem[]): PlacedSlot[] {
  const list = frame(file, 'slots', json, problems);
  if (!Array.isArray(list)) {
    problems.push({ file, path: 'slots', message: 'is missing; a claims file is {"slots": [ … ]}' });
    return [];
  }
  return list.flatMap((entry, index) => {
    const result = slotSchema.safeParse(entry, { reportInput: true });
    if (result.success) return [{ file, index, slot: result.data }];
    const id = isRecord(entry) ? entry['slot'] : undefined;
    const where = typeof id === 'string' ? ` (slot "${id}")` : '';
    for (const problem of schemaProblems(file, ['slots', index], result.error)) {
      problems.push({ ...problem, message: `${problem.message}${where}` });
    }
    return [];
  });
}
