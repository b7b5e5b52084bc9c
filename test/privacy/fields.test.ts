import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadData } from '../../src/knowledge/load.ts';
import { fieldsOf } from '../../src/privacy/fields.ts';
import { storedKinds } from '../../src/privacy/kinds.ts';
import { withStoredFields } from '../../src/privacy/page.ts';

test('PRIVACY.md lists exactly the fields that are stored', () => {
  const page = readFileSync('PRIVACY.md', 'utf8');
  const { catalogue } = loadData('data');
  expect(page, 'run `npm run privacy`').toBe(withStoredFields(page, catalogue.in('en')));
});

test('every stored field has a description', () => {
  const silent = storedKinds().flatMap(({ kind, fields }) =>
    fields.filter(({ about }) => about.trim() === '').map(({ path }) => `${kind}: ${path}`),
  );
  expect(silent).toEqual([]);
});

test('the fields of a schema include those in lists, records and variants', () => {
  const schema = z.strictObject({
    list: z.array(z.strictObject({ one: z.string().describe('One') })),
    days: z.array(z.number()).describe('Days'),
    record: z.record(
      z.string().describe('Key'),
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('a').describe('Kind'), at: z.string().describe('Begun') }),
        z.strictObject({ kind: z.literal('b').describe('Kind'), at: z.string().describe('Ended') }),
      ]),
    ),
    perhaps: z.strictObject({ date: z.string().nullable().describe('Date') }).optional(),
    silent: z.string(),
  });
  expect(fieldsOf(schema)).toEqual([
    { path: 'list[].one', about: 'One' },
    { path: 'days', about: 'Days' },
    { path: 'record[key]', about: 'Key' },
    { path: 'record[].kind', about: 'Kind' },
    { path: 'record[].at', about: 'Begun; Ended' },
    { path: 'perhaps.date', about: 'Date' },
    { path: 'silent', about: '' },
  ]);
});
