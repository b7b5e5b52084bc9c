import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { createSuggestions, questionOf } from '../../src/questions/suggestions.ts';
import { ARTICLE_DAY, SOURCE, sandboxOfFile, sourceLineIn, TODAY, textIn } from '../support.ts';
import { questionSource } from './support.ts';

const { catalogue } = loadData('data');
const source = questionSource();
const { facts } = source;
const finder = createAnswerFinder(source);
const view = { facts, snapshot: facts.asOf(TODAY), language: catalogue.in('en-US'), spoilers: true };

describe('suggested questions', () => {
  const questions = createSuggestions(finder)
    .all(view)
    .map(({ question }) => question);

  test('are more than 150', () => expect(questions.length).toBeGreaterThan(150));

  test.each(questions)('%s finds the answer that suggests it', (question) => {
    const found = finder.find(view.snapshot, question);
    const offered =
      found.kind === 'answer' ? questionOf(view, finder.indexOf(view.snapshot), found.profile) : 'refused';
    expect(offered).toBe(question);
  });

  test('fit into a choice as a whole', () => {
    expect(questions.filter((question) => question.length > LIMITS.choiceValue)).toEqual([]);
  });
});

describe('suggestions while typing', () => {
  const sandbox = sandboxOfFile();
  // Right after a start only questions that hold the words are offered: what else there is takes a moment to make.
  beforeAll(() => sandbox().command('/ballerina ask question:who plays eve'));
  const typed = async (text: string, options = '') => {
    const { choices = [] } = await sandbox().autocomplete(`/ballerina ask ${options}question:${text}`);
    return choices.map(({ name }) => name);
  };

  test('contain the typed words', async () => {
    expect(await typed('who plays w')).toContain('Who plays Winston Scott in Ballerina?');
  });

  test('begin with the question that the text would be answered as', async () => {
    expect((await typed('walking dead guy'))[0]).toBe('Who plays Daniel Pine in Ballerina?');
    expect((await typed('parabelum runtime'))[0]).toBe('How long is Chapter 3?');
  });

  test('fill the list where nothing is typed', async () => {
    expect((await typed('')).length).toBe(LIMITS.choices);
  });

  test('are each answered with a source', async () => {
    for (const question of (await typed('trailer')).slice(0, 5)) {
      const answer = await sandbox().command(`/ballerina ask question:${question}`);
      expect(sourceLineIn(answer), textIn(answer)).toMatch(SOURCE);
    }
  });

  test('as of an earlier day name nothing that became known later', async () => {
    const offered = (await typed('who plays', `as_of:${ARTICLE_DAY} `)).join(' ');
    expect(offered).not.toMatch(/Chancellor|Pine|Eve Macarro/);
  });
});
