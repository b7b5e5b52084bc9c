import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import type { Slot } from '../../src/facts/schema.ts';
import { sourceIds } from '../../src/facts/snapshot.ts';
import { parseCatalogue } from '../../src/i18n/catalogue.ts';
import { messageTypes } from '../../src/i18n/message-arguments.ts';
import { jsonSchemas } from '../../src/knowledge/json-schemas.ts';
import { loadData, splitDataFiles } from '../../src/knowledge/load.ts';
import { readDataFiles, readMessageFiles } from '../../src/knowledge/read-files.ts';
import { problemLine } from '../../src/lib/data-file.ts';
import { TODAY } from '../support.ts';
import { problemsOf } from './support.ts';

const files = readDataFiles('data');
const parsed = parseFacts(splitDataFiles(files).facts, LIMITS);
const data = parsed.ok ? parsed.data : undefined;
const slots: Slot[] = data?.slots.map(({ slot }) => slot) ?? [];

test('the data files of the facts contain no mistakes', () => {
  expect(problemsOf(files).map(problemLine)).toEqual([]);
});

test('the message files contain no mistakes', () => {
  const messages = parseCatalogue(readMessageFiles('data'));
  expect(messages.ok ? [] : messages.problems.map(problemLine)).toEqual([]);
});

test('the JSON schemas in data/schema match the code (`npm run data:schema` updates them)', () => {
  const fresh = jsonSchemas();
  expect(readdirSync('data/schema').sort()).toEqual(Object.keys(fresh).sort());
  for (const [file, text] of Object.entries(fresh)) {
    expect(readFileSync(`data/schema/${file}`, 'utf8') === text, file).toBe(true);
  }
});

test('the types of the messages match the catalogue (`npm run messages:types` updates them)', () => {
  const english = JSON.parse(readFileSync('data/messages/en.json', 'utf8'));
  const unformatted = (code: string) => code.replace(/'([a-z]+)':/g, '$1:').replace(/[\s;]+/g, '');
  expect(unformatted(readFileSync('src/i18n/messages.generated.ts', 'utf8'))).toBe(
    unformatted(messageTypes(english)),
  );
});

test.each(files)('the data file $file is valid against its JSON schema', ({ file, text }) => {
  const kind = basename(dirname(file)) === 'claims' ? 'claims' : basename(file, '.json');
  const json = JSON.parse(text);
  expect(json.$schema).toMatch(new RegExp(`schema/${kind}\\.schema\\.json$`));
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(`data/schema/${kind}.schema.json`, 'utf8')));
  expect(schema.safeParse(json).error?.issues ?? []).toEqual([]);
});

describe('the data contain no unused entries', () => {
  const text = JSON.stringify(slots);
  const used = (id: string) => text.includes(`"${id}"`);

  test.each(['people', 'characters', 'titles', 'terms'] as const)('all %s are used in a slot', (table) => {
    expect(Object.keys(data?.[table] ?? {}).filter((id) => !used(id))).toEqual([]);
  });

  test('every source is named by a claim', () => {
    const named = new Set(slots.flatMap(({ claims }) => claims.flatMap((claim) => sourceIds(claim))));
    expect(Object.keys(data?.sources ?? {}).filter((id) => !named.has(id))).toEqual([]);
  });
});

test('no claim became known after today', () => {
  const late = slots.filter(({ claims }) => claims.some(({ known }) => known > TODAY));
  expect(late.map(({ slot }) => slot)).toEqual([]);
});

test('every title has a name and a release or a project', () => {
  const { facts } = loadData('data');
  const snapshot = facts.asOf(TODAY);
  for (const id of Object.keys(facts.titles)) {
    expect(
      snapshot.of('name', ({ title }) => title === id),
      id,
    ).toHaveLength(1);
    const known = [
      ...snapshot.of('release', ({ title }) => title === id),
      ...snapshot.of('project', ({ title }) => title === id),
    ];
    expect(known.length, id).toBeGreaterThan(0);
  }
});
