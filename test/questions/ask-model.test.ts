import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../scripts/ask-digest.ts';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { parseData, readData } from '../../src/knowledge/load.ts';
import { learnAskModel } from '../../src/questions/learning/learn-ask-model.ts';
import {
  decodeGroups,
  decodeRow,
  type Entry,
  encodeGroups,
  encodeRow,
  findLine,
  linesOf,
} from '../../src/questions/model-rows.ts';
import { emptyOtherTitles } from '../../src/questions/other-titles.ts';
import { createQuestionIndexes } from '../../src/questions/question-index.ts';
import { questionSource } from './support.ts';

const source = questionSource();

describe('rows of the model', () => {
  const entries = fc
    .uniqueArray(fc.nat(40_000), { maxLength: 60 })
    .chain((numbers) =>
      fc.tuple(
        ...numbers
          .toSorted((a, b) => a - b)
          .map((number) => fc.tuple(fc.constant(number), fc.integer({ min: -127, max: 127 }))),
      ),
    );

  test('are read as they were written', () => {
    fc.assert(
      fc.property(entries, (row) => {
        const { numbers, values } = decodeRow(encodeRow(row as Entry[]));
        const read = [...numbers].flatMap((number, at) => (values[at] ? [[number, values[at]]] : []));
        expect(read).toEqual(row.filter(([, value]) => value !== 0));
      }),
    );
  });

  test('with few values are read as they were written', () => {
    fc.assert(
      fc.property(entries, (row) => {
        const { numbers, values } = decodeGroups(encodeGroups(row as Entry[]));
        const read = [...numbers].map((number, at) => [number, values[at]]);
        expect(read.toSorted(([a = 0], [b = 0]) => a - b)).toEqual(row);
      }),
    );
  });

  test('are found by their key', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => !text.includes('|'));
    fc.assert(
      fc.property(fc.uniqueArray(key), key, (keys, other) => {
        const lines = linesOf(keys.map((name) => [name, `of ${name.length}`]));
        for (const name of keys) expect(findLine(lines, name)).toEqual([`of ${name.length}`]);
        if (!keys.includes(other)) expect(findLine(lines, other)).toBeUndefined();
      }),
    );
  });
});

test('data/ask-model.json was learned from these wordings: if not, run `npm run ask:train`', () => {
  const parsed = parseData(readData('data'), LIMITS);
  if (!parsed.ok) throw new Error('the data has mistakes: run `npm run data:check`');
  expect(parsed.questions.model.digest).toBe(digestOf(parsed));
});

test('the same examples always give the same model', () => {
  const some = <G extends { like: string[] }>(groups: readonly G[]) =>
    groups.map((group) => ({ ...group, like: group.like.filter((_, at) => at % 40 === 0) }));
  const { answered, refused } = source.examples;
  const learn = () =>
    learnAskModel({
      ...source,
      examples: { answered: some(answered), refused: some(refused) },
      index: createQuestionIndexes(source).latest(),
      parserWithoutOthers: createQuestionIndexes({ ...source, otherTitles: emptyOtherTitles() }).latest()
        .parserContext,
    });
  const model = learn();
  expect(model.features.length).toBeGreaterThan(1000);
  expect(Object.keys(model.certainty).length).toBeGreaterThan(50);
  expect(learn()).toEqual(model);
});
