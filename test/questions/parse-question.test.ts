import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clausesOf } from '../../src/questions/clauses.ts';
import { type Mention, parseQuestion } from '../../src/questions/parse-question.ts';
import { createQuestionIndexes } from '../../src/questions/question-index.ts';
import { questionSource } from './support.ts';

const { parserContext } = createQuestionIndexes(questionSource()).latest();
const readingOf = (text: string) => parseQuestion(text, parserContext);
const meansOf = (mentions: readonly Mention[]) => mentions.flatMap(({ meanings }) => meanings);

describe('what stands around a question', () => {
  test.each([
    ['how long is ballerina? must plan the babysitter for saturday', [false, true]],
    ['hi im new here and love these. who directed it', [true, false]],
    ['my friend says keanu is not in it, is that right?', [true, false]],
    ['ballerina runtime', [false]],
    ['ballerina, hungary', [false, false]],
    ['who wrote ch. 4', [false]],
  ])('%s', (text, isContext) => {
    expect(clausesOf(text).map(({ isContext }) => isContext)).toEqual(isContext);
  });

  test('what is not meant is set apart', () => {
    expect(
      clausesOf('not the premiere, when was it in japanese cinemas?').map(({ isNegated }) => isNegated),
    ).toEqual([true, false]);
  });
});

describe('chapters', () => {
  test.each([
    ['how much time passes between 3 and 4', ['title:chapter-3', 'title:chapter-4']],
    ['budget of jw2', ['title:chapter-2']],
    ["ch. 4's runtime", ['title:chapter-4']],
    ['who was in number four', ['title:chapter-4']],
  ])('%s', (text, titles) => {
    const named = readingOf(text).filter(({ kind }) => kind === 'thing');
    expect(meansOf(named)).toEqual(expect.arrayContaining(titles));
  });

  test('a number that counts something is no chapter', () => {
    const named = readingOf('how is it 3 months later').filter(({ kind }) => kind === 'thing');
    expect(meansOf(named)).not.toContain('title:chapter-3');
  });
});

test.each(['whta is the runtiem of balleirna', 'who mad teh musci', 'jhon wikc 2 runing time'])(
  'typos are read through: %s',
  (text) => {
    expect(readingOf(text).filter(({ kind, commonness }) => kind === 'unknown' && !commonness)).toEqual([]);
  },
);

test('the word that says what is asked for is marked where it is not known', () => {
  const [focus] = readingOf('what sandwich does eve eat').filter((mention) => mention.isFocus);
  expect(focus?.words).toEqual(['sandwich']);
});

test('whatever is typed, it is read, and nothing that means nothing is said to mean something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
      for (const { kind, meanings } of readingOf(text))
        if (kind === 'unknown' || kind === 'word' || kind === 'outOfScope') expect(meanings).toEqual([]);
    }),
  );
});
