import { expect, test } from 'vitest';
import { smallTalkOf } from '../../src/questions/small-talk.ts';

test.each([
  ['hi', 'greeting'],
  ['hello there', 'greeting'],
  ['Heyyy everyone!!', 'greeting'],
  ['good morning', 'greeting'],
  ["what's up?", 'greeting'],
  ['how are you doing today', 'greeting'],
  ['hi 👋', 'greeting'],
  ['thanks!', 'thanks'],
  ['ok thank you so much', 'thanks'],
  ['thx bro', 'thanks'],
  ['thanks for the help', 'thanks'],
  ['hello, thanks', 'thanks'],
  ['good bot', 'praise'],
  ['wow great answer', 'praise'],
  ['you are awesome', 'praise'],
  ['bye', 'goodbye'],
  ['see you later', 'goodbye'],
  ['lol ok', 'remark'],
  ['hahaha', 'remark'],
  ['nvm', 'remark'],
])('%j is nothing but small talk: %s', (message, kind) => {
  expect(smallTalkOf(message)).toBe(kind);
});

test.each([
  '',
  '????',
  'hi who plays eve',
  'thanks, and who directed it',
  'the great ballerina',
  'is it',
  'that is all',
  'hello john wick',
  'the continental',
  'ok but when does it come out',
  'good film?',
  'this is the way',
  'ballerina',
  `hi ${'hi '.repeat(200)}`,
])('%j is not', (message) => {
  expect(smallTalkOf(message)).toBeUndefined();
});
