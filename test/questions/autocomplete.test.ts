import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { createSuggestions, questionOf } from '../../src/questions/suggestions.ts';
import { ARTICLE_DAY, embedIn, sandboxOfFile, TODAY, textIn } from '../support.ts';
import { questionSource } from './support.ts';

const { catalogue } = loadData('data');
const source = questionSource();
const { facts } = source;
const finder = createAnswerFinder(source);
const view = { facts, snapshot: facts.asOf(TODAY), language: catalogue.in('en-US'), spoilers: true };

describe('every question that is offered', () => {
  const questions = createSuggestions(finder)
    .all(view)
    .map(({ question }) => question);

  test('there are many', () => expect(questions.length).toBeGreaterThan(150));

  test.each(questions)('%s is answered as itself', (question) => {
    const found = finder.find(view.snapshot, question);
    const offered =
      found.kind === 'answer' ? questionOf(view, finder.indexOf(view.snapshot), found.profile) : 'refused';
    expect(offered).toBe(question);
  });

  test('fits as a choice and comes back whole', () => {
    expect(questions.filter((one) => one.length > LIMITS.choiceValue)).toEqual([]);
  });
});

describe('while typing', () => {
  const sandbox = sandboxOfFile();
  // Right after a start only questions that hold the words are offered: what else there is takes a moment to make.
  beforeAll(() => sandbox().command('/ballerina ask question:who plays eve'));
  const typed = async (text: string, options = '') => {
    const { choices = [] } = await sandbox().autocomplete(`/ballerina ask ${options}question:${text}`);
    return choices.map(({ name }) => name);
  };

  test('questions that hold the words are offered', async () => {
    expect(await typed('who plays w')).toContain('Who plays Winston Scott in Ballerina?');
  });

  test('the question that it would be answered as comes first', async () => {
    expect((await typed('walking dead guy'))[0]).toBe('Who plays Daniel Pine in Ballerina?');
    expect((await typed('parabelum runtime'))[0]).toBe('How long is Chapter 3?');
  });

  test('nothing typed offers some', async () => {
    expect((await typed('')).length).toBe(LIMITS.choices);
  });

  test('each choice is answered', async () => {
    for (const question of (await typed('trailer')).slice(0, 5)) {
      const answer = await sandbox().command(`/ballerina ask question:${question}`);
      expect(embedIn(answer).footer?.text, textIn(answer)).toMatch(/Source/);
    }
  });

  test('on an earlier day, nothing later is offered', async () => {
    const offered = (await typed('who plays', `as_of:${ARTICLE_DAY} `)).join(' ');
    expect(offered).not.toMatch(/Chancellor|Pine|Eve Macarro/);
  });
});
