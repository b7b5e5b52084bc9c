import { expect, test } from 'vitest';
import { parseCatalogue } from '../../src/i18n/catalogue.ts';
import { problemLine } from '../../src/lib/data-file.ts';
import { catalogueOf, english, problemsOf, translated } from './support.ts';

const lines = (languages: Parameters<typeof problemsOf>[0]) => problemsOf(languages).map(problemLine);
const without = (key: string) =>
  Object.fromEntries(Object.entries(translated()).filter(([name]) => name !== key));

test('a catalogue of English alone is valid', () => {
  expect(lines({ en: english })).toEqual([]);
});

test('a catalogue without English is refused', () => {
  expect(lines({ de: translated() })).toEqual([
    'data/messages/en.json: is missing; English is the language that is always there',
  ]);
});

test('a key that a second language lacks is reported', () => {
  expect(lines({ en: english, de: without('topic.cast') })).toEqual([
    'data/messages/de.json: topic.cast: is missing; translate it from the English catalogue',
  ]);
});

test('a key that English does not have is reported', () => {
  expect(lines({ en: english, de: translated({ 'topic.casting': 'Besetzung' }) })).toEqual([
    'data/messages/de.json: topic.casting: is not a key of the English catalogue; correct it or take it out',
  ]);
});

test('an argument that a message is not given is reported', () => {
  expect(lines({ en: english, de: translated({ 'card.as-of': 'Stand {datum}, {date}' }) })).toEqual([
    'data/messages/de.json: card.as-of: uses {datum}, which it is not given; use only {date}',
  ]);
});

test('a translation may leave out an argument', () => {
  expect(lines({ en: english, de: translated({ 'card.as-of': 'Stand von damals' }) })).toEqual([]);
});

test('a message with a missing brace is reported', () => {
  const [line, ...others] = lines({ en: english, de: translated({ 'card.as-of': 'Stand {date' }) });
  expect(line).toMatch(/^data\/messages\/de\.json: card\.as-of: is not a message: .*; correct its braces$/);
  expect(others).toEqual([]);
});

test('a message that is empty or no text is reported', () => {
  expect(lines({ en: english, de: translated({ 'topic.cast': '' }) })).toHaveLength(1);
  const bad = { ...translated(), 'topic.cast': 7 } as unknown as Record<string, string>;
  expect(lines({ en: english, de: bad })).toEqual([
    'data/messages/de.json: topic.cast: must be a string; change its value',
  ]);
});

test('a file that is not JSON is reported together with other mistakes', () => {
  const result = parseCatalogue([
    { file: 'data/messages/en.json', text: JSON.stringify(english) },
    { file: 'data/messages/de.json', text: '{' },
    { file: 'data/messages/fr.json', text: JSON.stringify(translated({ more: 'x' })) },
  ]);
  const told = result.ok ? [] : result.problems.map(({ file }) => file);
  expect(told).toEqual(['data/messages/de.json', 'data/messages/fr.json']);
});

test('the list of languages begins with English', () => {
  expect(catalogueOf({ de: translated(), en: english }).languages).toEqual(['en', 'de']);
});
