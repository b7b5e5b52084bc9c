import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance } from '../../src/questions/edit-distance.ts';
import { createEnglish } from '../../src/questions/english-words.ts';
import { createSpelling } from '../../src/questions/spelling-correction.ts';
import { finish } from '../../src/questions/steps.ts';

const OURS = [
  'ballerina',
  'parabellum',
  'director',
  'documentary',
  'concierge',
  'expensive',
  'push',
  'john',
  'wick',
  'music',
  'continental',
  'trailer',
];
const spelling = finish(createSpelling(OURS, finish(createEnglish())));

test.each([
  ['psuh', 'push'],
  ['jhon', 'john'],
  ['wikc', 'wick'],
  ['musci', 'music'],
  ['balleirna', 'ballerina'],
  ['parabelum', 'parabellum'],
  ['derictor', 'director'],
  ['documentry', 'documentary'],
  ['contiental', 'continental'],
  ['expensivv', 'expensive'],
])('the typo %s is corrected to %s', (typed, meant) => {
  expect(spelling(typed)).toBe(meant);
});

test.each([
  ['logn', 'long'],
  ['whoel', 'whole'],
  ['teh', 'the'],
])('the typo %s is corrected to the everyday word %s', (typed, meant) => {
  expect(spelling(typed)).toBe(meant);
});

test.each(['xq', 'babysitterish', 'zzzzzz', '2049', 'iosef'])('%s is not corrected', (typed) => {
  expect(spelling(typed)).toBeUndefined();
});

describe('one typo in a long word of the vocabulary', () => {
  const long = OURS.filter((word) => word.length >= 7);
  const slipped = fc
    .record({ word: fc.constantFrom(...long), at: fc.nat(), kind: fc.constantFrom('swap', 'double') })
    .map(({ word, at, kind }) => {
      const place = 1 + (at % (word.length - 2));
      const [a, b] = [word[place] ?? '', word[place + 1] ?? ''];
      const [before, after] = [word.slice(0, place), word.slice(place + 2)];
      const typed = {
        swap: before + b + a + after,
        double: before + a + a + b + after,
      };
      return { word, typed: typed[kind as keyof typeof typed] };
    });

  test('is corrected', () => {
    fc.assert(fc.property(slipped, ({ word, typed }) => spelling(typed) === word));
  });
});

test('the edit distance of a word to itself is 0, and never more than writing it anew', () => {
  const word = fc.stringMatching(/^[a-z]{0,12}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(0);
      expect(editDistance(a, b)).toBeLessThanOrEqual(1.6 * (a.length + b.length));
    }),
  );
});
