import { describe, expect, test } from 'vitest';
import { withoutSmallTalk } from '../../src/questions/small-talk.ts';
import { TODAY } from '../support.ts';
import { BEHIND, IN_FRONT, PLAIN_QUESTIONS } from './sentences-beside.ts';
import { newFinder, questionSource } from './support.ts';

describe('what is said around a question', () => {
  test.each([
    ['im a huge fan of keanu. who plays eve', 'who plays eve'],
    ['just saw john wick 4 last night! who wrote it', 'who wrote it'],
    ['sorry if this is a dumb question but is keanu in it', 'is keanu in it'],
    ['who plays eve? i love keanu so much', 'who plays eve?'],
    ['i cried when the dog died. who plays eve', 'who plays eve'],
    ['i really enjoyed chapter 3, especially halle berry. who plays eve?', 'who plays eve'],
    ['what a movie! who directed ballerina?', 'who directed ballerina'],
    ['keanu is so good!! ballerina runtime', 'ballerina runtime'],
    ['hey please who plays eve lol', 'who plays eve'],
    ['i know this gets asked a lot but who plays eve', 'who plays eve'],
  ])('%s', (question, rest) => {
    expect(withoutSmallTalk(question)).toBe(rest);
  });

  test.each([
    'ballerina, hungary',
    'the walking dead guy in ballerina, who is he playing',
    'ballerina moved from 2024 to 2025, how come',
    'i heard there is a fifth one. when is it out',
    'just watched the continental, how many episodes does it have',
    'my friend says reedus is the villain. is that true?',
    'john wick 5 was announced, who is in the cast',
    'in chapter 4, who plays the blind guy',
    'where can i watch it? i live in germany',
    'i only have hulu, can i watch ballerina',
    'who is the director? i mean the character',
    'i love keanu so much.',
    'who plays eve and is it on netflix',
  ])('is part of it: %s', (question) => {
    expect(withoutSmallTalk(question)).toBe(question);
  });
});

describe('a sentence beside a question changes nothing', () => {
  const finder = newFinder();
  const snapshot = questionSource().facts.asOf(TODAY);
  const target = (question: string) => {
    const found = finder.find(snapshot, question);
    return found.kind === 'answer' ? JSON.stringify(found.profile.target) : 'refused';
  };

  const targets = new Map(PLAIN_QUESTIONS.map((question) => [question, target(question)]));
  const changedBy = (surround: (question: string) => string) =>
    PLAIN_QUESTIONS.filter((question) => target(surround(question)) !== targets.get(question));

  test.each(IN_FRONT)('in front: %s', (sentence) => {
    expect(changedBy((question) => `${sentence} ${question}`)).toEqual([]);
  });

  test.each(BEHIND)('behind: %s', (sentence) => {
    expect(changedBy((question) => `${question}? ${sentence}`)).toEqual([]);
  });
});
