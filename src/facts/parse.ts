import { basename, dirname } from 'node:path';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { type FactData, type PlacedSlot, TABLES, type Table } from './fact-data.ts';
import { type ChoiceLimits, checkRules } from './rules.ts';
import { entrySchemas, idSchema, slotSchema } from './schema.ts';

/** The parsed facts; where they hold mistakes, all of these, and what is without mistakes of form. */
export type ParseResult =
  | { ok: true; data: FactData }
  | { ok: false; problems: Problem[]; partialData: FactData };

/**
 * Parses all fact files. Reports every mistake of every file in one go: a slot with a mistake of form is left out, and the
 * rules are still checked for the others.
 */
export function parseFacts(files: readonly DataFile[], limits: ChoiceLimits): ParseResult {
  const problems: Problem[] = [];
  const data = emptyData();
  const missing = new Set<Table>(TABLES);
  // Data from before there were terms has none.
  missing.delete('terms');

  for (const dataFile of files) {
    const { file } = dataFile;
    const table = TABLES.find((name) => basename(file) === `${name}.json`);
    if (table) missing.delete(table);
    const json = parseJsonFile(dataFile, problems);
    if (json === undefined) continue;
    if (basename(dirname(file)) === 'claims') data.slots.push(...parseSlots(file, json, problems));
    else if (table) parseTable(file, table, json, data, problems);
    else {
      const message = `is not a data file; here stand ${TABLES.join(', ')} and claims/`;
      problems.push({ file, path: '', message });
    }
  }

  for (const table of missing) {
    problems.push({ file: `data/${table}.json`, path: '', message: 'is missing; put it back' });
  }
  problems.push(...checkRules(data, limits));
  return problems.length > 0 ? { ok: false, problems, partialData: data } : { ok: true, data };
}

const emptyData = (): FactData => ({
  slots: [],
  sources: {},
  titles: {},
  people: {},
  characters: {},
  terms: {},
  ids: {},
});

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
