import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clausesOf } from '../../src/questions/clauses.ts';
import { type Mention, parseQuestion } from '../../src/questions/parse-question.ts';
import { createQuestionIndexes } from '../../src/questions/question-index.ts';
import { questionSource } from './support.ts';

const { parserContext } = createQuestionIndexes(questionSource()).latest();
const mentionsOf = (text: string) => parseQuestion(text, parserContext);
const meansOf = (mentions: readonly Mention[]) => mentions.flatMap(({ meanings }) => meanings);

describe('clauses of a question', () => {
  test.each([
    ['how long is ballerina? must plan the babysitter for saturday', [false, true]],
    ['hi im new here and love these. who directed it', [true, false]],
    ['my friend says keanu is not in it, is that right?', [true, false]],
    ['ballerina runtime', [false]],
    ['ballerina, hungary', [false, false]],
    ['who wrote ch. 4', [false]],
  ])('"%s" is split into those that ask and those that give context', (text, isContext) => {
    expect(clausesOf(text).map(({ isContext }) => isContext)).toEqual(isContext);
  });

  test('a clause that says what is not meant is marked as negated', () => {
    expect(
      clausesOf('not the premiere, when was it in japanese cinemas?').map(({ isNegated }) => isNegated),
    ).toEqual([true, false]);
  });
});

describe('numbers in a question', () => {
  test.each([
    ['how much time passes between 3 and 4', ['title:chapter-3', 'title:chapter-4']],
    ['budget of jw2', ['title:chapter-2']],
    ["ch. 4's runtime", ['title:chapter-4']],
    ['who was in number four', ['title:chapter-4']],
    ['who dies in the fourth', ['title:chapter-4']],
    ['gap between the 2nd and the 3rd', ['title:chapter-2', 'title:chapter-3']],
  ])('"%s" names the chapters', (text, titles) => {
    const named = mentionsOf(text).filter(({ kind }) => kind === 'thing');
    expect(meansOf(named)).toEqual(expect.arrayContaining(titles));
  });

  test.each([
    ['how is it 3 months later', 'title:chapter-3'],
    ['who was the first to die', 'title:john-wick'],
    ['is it second in the timeline', 'title:chapter-2'],
  ])('"%s" names no chapter', (text, title) => {
    const named = mentionsOf(text).filter(({ kind }) => kind === 'thing');
    expect(meansOf(named)).not.toContain(title);
  });
});

test.each(['whta is the runtiem of balleirna', 'who mad teh musci', 'jhon wikc 2 runing time'])(
  'a question with typos has no unknown word: %s',
  (text) => {
    expect(mentionsOf(text).filter(({ kind, commonness }) => kind === 'unknown' && !commonness)).toEqual([]);
  },
);

test('an unknown word that says what is asked for is marked as the focus', () => {
  const [focus] = mentionsOf('what sandwich does eve eat').filter((mention) => mention.isFocus);
  expect(focus?.words).toEqual(['sandwich']);
});

test('any text is parsed, and words without a meaning get none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
      for (const { kind, meanings } of mentionsOf(text))
        if (kind === 'unknown' || kind === 'word' || kind === 'outOfScope') expect(meanings).toEqual([]);
    }),
  );
});
