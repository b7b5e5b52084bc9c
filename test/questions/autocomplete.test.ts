import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { addressOf } from '../../src/questions/answer-target.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { createQuestionAnswerer } from '../../src/questions/question-answerer.ts';
import { createSuggestions, questionOf } from '../../src/questions/suggestions.ts';
import { ARTICLE_DAY, SOURCE, sandboxOfFile, sourceLineIn, TODAY, textIn } from '../support.ts';
import { questionSource } from './support.ts';

const { catalogue } = loadData('data');
const source = questionSource();
const { facts } = source;
const finder = createAnswerFinder(source);
const view = { facts, snapshot: facts.asOf(TODAY), language: catalogue.in('en-US'), spoilers: true };

describe('suggested questions', () => {
  const suggestions = createSuggestions(finder).all(view);
  const questions = suggestions.map(({ question }) => question);
  const answerer = createQuestionAnswerer(source);

  test('are more than 150', () => expect(questions.length).toBeGreaterThan(150));

  test.each(suggestions)(
    '$question gets the answer that suggests it',
    ({ question, profile: { target } }) => {
      const { title, lead } = answerer.answer(view, question, question);
      expect(title).toBe(answerer.answer(view, addressOf(target), question).title);
      expect(JSON.stringify(lead)).not.toMatch(/I only know|isn’t in my facts/);
    },
  );

  test('are mostly understood by their words too', () => {
    const index = finder.indexOf(view.snapshot);
    const isFound = (question: string) => {
      const found = finder.find(view.snapshot, question);
      return found.kind === 'answer' && questionOf(view, index, found.profile) === question;
    };
    expect(questions.filter(isFound).length / questions.length).toBeGreaterThan(0.95);
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
    expect((await typed('parabelum runtime'))[0]).toBe('How long is John Wick: Chapter 3 – Parabellum?');
  });

  test('are eight hand-picked questions where nothing is typed, each with an answer and a source', async () => {
    const offered = await typed('');
    expect(offered).toHaveLength(8);
    for (const question of offered) {
      const answer = await sandbox().command(`/ballerina ask question:${question}`);
      expect(textIn(answer), question).not.toMatch(/I only know/);
      expect(sourceLineIn(answer), question).toMatch(SOURCE);
    }
  });

  test('fill the list where nothing is typed as of an earlier day, those asked most first', async () => {
    const offered = await typed('', `as_of:${ARTICLE_DAY} `);
    expect(offered).toHaveLength(LIMITS.choices);
    expect(offered.slice(0, 3).join(' ')).toMatch(/Where can I (watch|stream)/);
  });

  test('ask when a title comes out only where it is not out', async () => {
    const today = (await typed('come out')).join('\n');
    expect(today).toContain('When did Ballerina come out?');
    expect(today).not.toMatch(/When did (Caine|John Wick: Chapter 5)/);
    const then = (await typed('come out', `as_of:${ARTICLE_DAY} `)).join('\n');
    expect(then).toContain('When does Ballerina come out?');
    expect(then).not.toContain('When did Ballerina come out?');
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
