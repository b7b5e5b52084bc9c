import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { LIMITS } from '../src/discord/message/limits.ts';
import { utcDay } from '../src/facts/dates.ts';
import { CHANGES } from '../src/facts/enums.ts';
import { parseFacts } from '../src/facts/parse.ts';
import { readData } from '../src/knowledge/load.ts';
import { problemLine } from '../src/lib/data-file.ts';

/** The terminal that is asked, and the folder that is written to. */
interface AddClaimOptions {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  folder: string;
  today: string;
}

type Ask = (question: string, fallback?: string) => Promise<string>;
type Json = Record<string, unknown>;
interface SlotJson {
  slot: string;
  kind: string;
  claims: Json[];
}

/** The fields of a claim that are asked for, by the kind of its slot; other kinds are asked for as JSON. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  release: ['date'],
  prose: ['text'],
  event: ['date', 'text'],
  project: ['stage', 'text'],
  measure: ['amount'],
  role: ['character'],
  credit: ['people'],
  rating: ['rating'],
  company: ['names'],
  gap: ['text'],
};
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  release: ['planned', 'released', 'undated', 'dropped'],
};
const SHARED = [
  'known',
  'status',
  'confidence',
  'change',
  'sources',
  'sides',
  'note',
  'spoilerNote',
  'valid',
];

/**
 * Asks for a slot, its new value, the day it became known and its source, and writes the claim at its place. Returns whether
 * it was written: nothing is where the data would hold a mistake, and the mistakes are listed.
 */
export async function addClaim({ input, output, folder, today }: AddClaimOptions): Promise<boolean> {
  const terminal = createInterface({ input, output });
  const lines = terminal[Symbol.asyncIterator]();
  // Lines that arrive before they are asked for, as from a pipe, are kept.
  const ask: Ask = async (question, fallback) => {
    output.write(`${question}${fallback === undefined ? '' : ` [${fallback}]`}: `);
    const line = await lines.next();
    return (line.done ? '' : line.value.trim()) || (fallback ?? '');
  };
  try {
    const place = findSlot(folder, await ask('Slot'));
    if (!place)
      return refuse(output, [
        'There is no such slot. Its id is in data/claims/, such as ballerina/streaming',
      ]);
    const { file, json, slot } = place;
    output.write(`It says now: ${JSON.stringify(slot.claims.at(-1))}\n`);
    const claim = await askClaim(ask, slot, today);
    const source = await askSource(ask, folder);
    const written: Json = { ...claim, sources: [source.id] };
    slot.claims = [...slot.claims, written].toSorted((a, b) =>
      String(a['known']) < String(b['known']) ? -1 : 1,
    );
    const changed = new Map([[file, json]]);
    if (source.json) changed.set(`${folder}/sources.json`, source.json);
    const problems = problemsWith(folder, changed);
    if (problems.length > 0) return refuse(output, [...problems, 'Nothing was written.']);
    for (const [path, content] of changed) writeFileSync(path, textOf(content));
    output.write(`Written to ${file}. Run npm run format, then npm run data:check.\n`);
    return true;
  } finally {
    terminal.close();
  }
}

function refuse(output: NodeJS.WritableStream, lines: readonly string[]): false {
  for (const line of lines) output.write(`${line}\n`);
  return false;
}

function findSlot(folder: string, id: string) {
  for (const { file, text } of readData(folder).facts) {
    const json: { slots?: SlotJson[] } = JSON.parse(text);
    const slot = json.slots?.find((candidate) => candidate.slot === id);
    if (slot) return { file, json, slot };
  }
  return undefined;
}

async function askClaim(ask: Ask, slot: SlotJson, today: string): Promise<Json> {
  const before = slot.claims.at(-1) ?? {};
  const kept = Object.entries(before).filter(([name]) => !SHARED.includes(name));
  const value: Json = Object.fromEntries(kept);
  const fields = FIELDS[slot.kind];
  const status = await ask(
    `Status (${(STATUSES[slot.kind] ?? ['confirmed', 'reported']).join(', ')})`,
    String(before['status'] ?? ''),
  );
  if (status === 'undated' || status === 'dropped') delete value['date'];
  else if (fields) for (const field of fields) value[field] = await askField(ask, field, before[field]);
  else Object.assign(value, JSON.parse(await ask('Value as JSON', JSON.stringify(value))));
  const known = await ask('Known since', today);
  const confidence = await ask('Confidence (high, medium, low)', 'medium');
  const change = await ask(`Why it replaces the one before (${CHANGES.join(', ')})`, 'refined');
  return { known, status, confidence, change, ...value };
}

/** A field as it is written in the file: text by language, a number, a list. */
async function askField(ask: Ask, field: string, before: unknown): Promise<unknown> {
  const shown = before && typeof before === 'object' && 'en' in before ? String(before.en) : undefined;
  const typed = await ask(field, shown ?? (typeof before === 'object' ? undefined : String(before ?? '')));
  if (field === 'text') return { en: typed };
  if (field === 'amount') return Number(typed);
  if (field === 'character') return typed === '' || typed === 'null' ? null : typed;
  const list = () => typed.split(',').map((part) => part.trim());
  if (field === 'people') return list().map((person) => ({ person }));
  return field === 'names' ? list() : typed;
}

/** The id of a source that is there, or of a new one with the changed file. */
async function askSource(ask: Ask, folder: string): Promise<{ id: string; json?: object }> {
  const id = await ask('Source (its id; a new one is asked for)');
  const json: { sources: Record<string, object> } = JSON.parse(
    readFileSync(`${folder}/sources.json`, 'utf8'),
  );
  if (json.sources[id]) return { id };
  const publisher = await ask('Publisher');
  const address = await ask('Address, without https://');
  const date = await ask('Its date');
  json.sources[id] = { publisher, address: address || null, date: date || null };
  return { id, json };
}

function problemsWith(folder: string, changed: ReadonlyMap<string, object>): string[] {
  const files = readData(folder).facts.map(({ file, text }) => {
    const json = changed.get(file);
    return { file, text: json ? textOf(json) : text };
  });
  const result = parseFacts(files, LIMITS);
  return result.ok ? [] : result.problems.map(problemLine);
}

const textOf = (json: object) => `${JSON.stringify(json, null, 2)}\n`;

// `npm run facts:add`
if (import.meta.main) {
  const { stdin, stdout } = process;
  const folder = process.env['CONCIERGE_DATA'] ?? 'data';
  const today = utcDay(Temporal.Now.instant());
  process.exitCode = (await addClaim({ input: stdin, output: stdout, folder, today })) ? 0 : 1;
}
