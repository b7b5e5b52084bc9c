import { describe, expect, test } from 'vitest';
import { type Answer, allQuestions, componentTexts, readAnswer, replyTo } from '../../scripts/answer-text.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { firstSentences, visibleText } from '../../src/lib/markdown.ts';
import { expectPanelToFit } from '../discord/support.ts';
import { ARTICLE_DAY, TODAY } from '../support.ts';

const knowledge = loadData('data');

/** What an answer may take of a phone's screen, and a list: cast, timeline, lore, releases, what is announced, trailers. */
const ANSWER = { characters: 600, lines: 12 };
const LIST = { characters: 1000, lines: 16 };
const LISTS = /^(ballerina\/(cast|release|trailer)|wick\/(timeline|cast|upcoming|lore))$/;
const MEDIAN = 350;

const isList = ({ path, options }: Answer) =>
  LISTS.test(path) && !('person' in options || 'region' in options || 'term' in options);

async function answersOn(day: string): Promise<Answer[]> {
  return Promise.all(
    allQuestions(knowledge, day).map(async (question) =>
      readAnswer(question, await replyTo(knowledge, question, day)),
    ),
  );
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

describe.each([TODAY, ARTICLE_DAY, '2025-06-06', '1990-01-01'])('every answer as of %s', (day) => {
  test('fits a phone’s screen, whatever the title, person, region and state of spoilers', async () => {
    const answers = await answersOn(day);
    expect(answers.length).toBeGreaterThan(50);
    const long = answers.filter((answer) => {
      const budget = isList(answer) ? LIST : ANSWER;
      return answer.characters > budget.characters || answer.lines > budget.lines;
    });
    expect(long).toEqual([]);
  });

  test('is within what Discord takes', async () => {
    for (const question of allQuestions(knowledge, day)) {
      const { components = [] } = await replyTo(knowledge, question, day);
      expect(components, question.path).toHaveLength(1);
      expectPanelToFit(components);
    }
  });

  test('names its best source in the last line, or says that nothing is known', async () => {
    for (const question of allQuestions(knowledge, day)) {
      const { components = [] } = await replyTo(knowledge, question, day);
      const text = componentTexts(components).join('\n');
      if (/Nothing was known|I don’t know|No projects|No release has a date|no words/.test(text)) continue;
      expect(text.split('\n').at(-1), `${question.path} ${JSON.stringify(question.options)}`).toMatch(
        /^-# .*(\d{4}|undated|\d+ more)/,
      );
    }
  });
});

test(`half of the subcommands answer in at most ${MEDIAN} characters`, async () => {
  const answers = (await answersOn(TODAY)).filter(({ options }) => Object.keys(options).length === 0);
  expect(answers.length).toBeGreaterThan(12);
  expect(median(answers.map(({ characters }) => characters))).toBeLessThanOrEqual(MEDIAN);
});

describe('the visible text', () => {
  test.each([
    ['**Ana** plays *Eve*.', 'Ana plays Eve.'],
    ['||He dies.||', 'He dies.'],
    ['[Variety](https://variety.com/a%28b%29), 2024', 'Variety, 2024'],
    ['-# Variety, Feb 22, 2024', 'Variety, Feb 22, 2024'],
    ['### Cast', 'Cast'],
    ['\\*not bold\\*', '*not bold*'],
    ['Use </countdown status:123456789012345678>.', 'Use /countdown status.'],
  ])('of “%s” is “%s”', (markdown, text) => {
    expect(visibleText(markdown)).toBe(text);
  });
});

describe('the first sentences of a text', () => {
  test.each([
    ['One is here. Two is here. Three is here.', 26, 'One is here. Two is here.'],
    [
      'Mr. Nobody is played by J. J. Perry in it. He is a tracker.',
      45,
      'Mr. Nobody is played by J. J. Perry in it.',
    ],
    ['A sentence that is longer than that. Another.', 5, 'A sentence that is longer than that.'],
    ['It *ends. Here* it goes on.', 12, 'It *ends. Here* it goes on.'],
  ])('of “%s”, at most %i characters, are “%s”', (text, max, expected) => {
    expect(firstSentences(text, max)).toBe(expected);
  });
});
