import { describe, expect, test } from 'vitest';
import { problemLine } from '../../src/lib/data-file.ts';
import { BALLERINA, mistakes, RELEASE, ROLE } from './mistake-cases.ts';
import { dataWith, problemsOf, slotIn } from './support.ts';

describe('mistakes in the data', () => {
  test.each(mistakes)(
    '$mistake is reported with its file, its path and the remedy',
    ({ file, change, path, message }) => {
      const problems = problemsOf(dataWith(file, change));
      expect(problems.map(problemLine)).toHaveLength(1);
      expect(problems[0]?.file).toBe(file);
      expect(problems[0]?.path).toMatch(path);
      expect(problems[0]?.message).toMatch(message);
      expect(problems.map(problemLine).join()).not.toContain('\n');
    },
  );
});

test('a file that does not belong in the data is reported', () => {
  const problems = problemsOf([...dataWith(BALLERINA, () => {}), { file: 'data/notes.json', text: '{}' }]);
  expect(problems.map(problemLine)).toEqual([
    'data/notes.json: is not a data file; here stand sources, titles, people, characters, terms and claims/',
  ]);
});

test('several mistakes in one file, of form and of meaning, are all reported at once', () => {
  const problems = problemsOf(
    dataWith(BALLERINA, (json) => {
      slotIn(json, RELEASE).claims[1].sources = ['nobody'];
      slotIn(json, ROLE).claims[0].status = 'rumoured';
      slotIn(json, 'ballerina/measure/critics').claims[0].upTo = 3;
    }),
  );
  expect(problems.map(problemLine)).toHaveLength(3);
});
