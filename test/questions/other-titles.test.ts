import { expect, test } from 'vitest';
import { namesOfOthers } from '../../src/questions/other-titles.ts';
import { wordsOf } from '../../src/questions/tokenize.ts';
import { newFinder, questionSource } from './support.ts';

const { facts, otherTitles } = questionSource();
const finder = newFinder();
const snapshot = facts.asOf('2026-11-22');
const QUESTIONS = [
  'who directed {name}',
  'how long is {name}',
  'when did {name} come out',
  'is {name} on netflix',
];
const isRefused = (question: string) => finder.find(snapshot, question).kind === 'refusal';

test.each(QUESTIONS)('"%s" is refused for a name of several words that is not ours', (question) => {
  const names = namesOfOthers(otherTitles).filter((name) => wordsOf(name).length > 1);
  expect(names.length).toBeGreaterThan(300);
  expect(names.filter((name) => !isRefused(question.replace('{name}', name)))).toEqual([]);
});

test.each([
  'who directed inception',
  'who directed wicked',
  'when did tenet come out',
  'how long is interstellar',
])('a name that is in no list is refused too: %s', (question) => {
  expect(isRefused(question)).toBe(true);
});
