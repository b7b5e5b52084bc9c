import { describe, expect, test } from 'vitest';
import { problemLine } from '../../src/lib/data-file.ts';
import { createAskModel } from '../../src/questions/ask-model.ts';
import { exampleFeatures, type Features, featuresOf } from '../../src/questions/features.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { intentOfSlot } from '../../src/questions/intent.ts';
import { packModel } from '../../src/questions/learning/pack-model.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { dataWith, type Loose, problemsOf } from '../facts/support.ts';
import { ARTICLE_DAY, TODAY } from '../support.ts';
import { newFinder, questionSource } from './support.ts';

const WORDINGS = 'data/wordings.json';
const source = questionSource();
const { facts } = source;
const finder = createAnswerFinder(source);
const snapshot = facts.asOf(TODAY);
const { parserContext } = finder.indexOf(snapshot);

describe('a mistake in the examples is reported with its path and the remedy', () => {
  const mistakes: [mistake: string, change: (json: Loose) => unknown, path: RegExp, message: RegExp][] = [
    [
      'a slot that is not there',
      (json) => {
        json.answered[0].asks = ['ballerina/measure/runtme'];
      },
      /^answered\[0\]\.asks\[0\]$/,
      /no slot is at .* Did you mean "ballerina\/measure\/runtime"\?/,
    ],
    [
      'an unknown placeholder',
      (json) => {
        json.answered[0].like = ['how long is {film}'];
      },
      /^answered\[0\]\.like\[0\]$/,
      /only \{title\}, \{person\}/,
    ],
    [
      'an example that stands twice',
      (json) => {
        json.refused[0].like.push(json.answered[0].like[0].toUpperCase());
      },
      /^refused\[0\]\.like\[\d+\]$/,
      /stands at answered\[0\]\.like\[0\] already/,
    ],
    [
      'an example that stands twice but for its mark',
      (json) => {
        json.answered[0].like.push('whoa then');
        json.answered[1].like.push('Whoa then?!');
      },
      /^answered\[1\]\.like\[\d+\]$/,
      /stands at answered\[0\]\.like\[\d+\] already/,
    ],
    [
      'an empty group',
      (json) => {
        json.answered[0].like = [];
      },
      /^answered\[0\]\.like$/,
      /./,
    ],
  ];

  test.each(mistakes)('%s', (_, change, path, message) => {
    const problems = problemsOf(dataWith(WORDINGS, change));
    const found = problems.find((problem) => path.test(problem.path) && message.test(problem.message));
    expect(found, problems.map(problemLine).join('\n')).toBeDefined();
  });
});

describe('a mistake in the names of other films is reported with its path and the remedy', () => {
  const mistakes: [mistake: string, name: string, message: RegExp][] = [
    ['a title of ours', 'john wick: chapter 4', /is a name of this franchise; take it out/],
    ['a person of ours', 'Keanu', /is a name of this franchise; take it out/],
    ['a name that stands twice', 'INCEPTION', /stands at titles\[\d+\] already/],
  ];

  test.each(mistakes)('%s', (_, name, message) => {
    const problems = problemsOf(dataWith('data/other-titles.json', (json) => json.places.push(name)));
    expect(problems.map(problemLine).join('\n')).toMatch(message);
    expect(problems[0]?.path).toMatch(/^places\[\d+\]$/);
  });
});

describe('features of a question', () => {
  const keys = (features: Features) => [...features.keys()];

  test('a placeholder counts as any name of its kind', () => {
    const example = keys(exampleFeatures('how long is {title}', parserContext).features);
    const question = keys(
      featuresOf('how long is parabellum', parseQuestion('how long is parabellum', parserContext)),
    );
    expect(example).toContain('{title}');
    expect(question).toEqual(expect.arrayContaining(example));
    expect(question).toContain('title:chapter-3');
    expect(example.join()).not.toMatch(/title:|wick/);
  });

  test('small talk is no feature', () => {
    const bare = keys(featuresOf('who plays eve', parseQuestion('who plays eve', parserContext)));
    const polite = keys(
      featuresOf(
        'hey please who plays eve lol',
        parseQuestion('hey please who plays eve lol', parserContext),
      ),
    );
    expect(polite).toEqual(bare);
  });
});

describe('example votes', () => {
  const features = (...words: string[]): Features => new Map(words.map((word) => [word, 1]));
  const example = (intents: string[], slots: string[], words: string[]) => ({
    goal: { intents, slots },
    features: features(...words),
    mentions: [],
    words: intents.includes('nothing') ? [] : words,
    votes: true,
  });
  const examples = createAskModel(
    packModel([
      example(['length'], [], ['how', 'long']),
      example(['length'], [], ['runtime', 'minutes']),
      example(['money', 'success'], ['a/gross'], ['how', 'much', 'made']),
      example(['nothing'], [], ['who', 'are', 'you']),
    ]),
  );

  test('are for what the nearest examples ask for', () => {
    const votes = examples.vote(features('how', 'long', 'is'));
    expect(votes.intent('length')).toBeGreaterThan(votes.intent('money'));
    expect(votes.intent('nothing')).toBeLessThan(0.2);
  });

  test('are for a slot only where examples ask for it by itself', () => {
    const votes = examples.vote(features('how', 'much', 'made'));
    expect(votes.slot('a/gross')).toBeGreaterThan(0.5);
    expect(votes.slot('b/gross')).toBe(0);
  });

  test('say how near the nearest example is', () => {
    expect(examples.vote(features('quite', 'another', 'thing')).near).toBe(0);
    expect(examples.vote(features('how', 'long')).near).toBe(1);
  });

  test('go with shares of the intents, which are learned from the same examples', () => {
    const { shares, nothing } = examples.rank(features('runtime'));
    expect([...shares.keys()][0]).toBe('length');
    expect(nothing).toBeLessThan(0.5);
    expect(examples.rank(features('you')).nothing).toBeGreaterThan(0.5);
  });

  test('tell for what a word of an answered example is used', () => {
    expect(examples.useOf('how')?.intents).toBe(3);
    expect(examples.useOf('how')?.isFor('length')).toBe(true);
    expect(examples.useOf('runtime')?.isFor('money')).toBe(false);
    expect(examples.useOf('who')).toBeUndefined();
  });
});

test('slots that every title has share an intent, a unique slot has its own', () => {
  expect(intentOfSlot({ slot: 'chapter-4/measure/runtime', kind: 'measure' })).toBe('*/measure/runtime');
  expect(intentOfSlot({ slot: 'ballerina/role/ana-de-armas', kind: 'role' })).toBe('*/role/*');
  expect(intentOfSlot({ slot: 'ballerina/release/theatrical/gb', kind: 'release' })).toBe(
    '*/release/theatrical/*',
  );
  expect(intentOfSlot({ slot: 'ballerina/plot/pine', kind: 'prose' })).toBe('ballerina/plot/pine');
});

describe('answers as of an earlier day', () => {
  const then = facts.asOf(ARTICLE_DAY);

  test.each([
    'who plays the chancellor',
    'who plays daniel pine',
    'the walking dead guy protects which girl',
    'who is the villain in ballerina',
    'who plays the bad guy',
  ])('neither examples nor names of roles give away what became known later: %s', (question) => {
    const found = finder.find(then, question);
    const target = found.kind === 'answer' ? JSON.stringify(found.profile.target) : '';
    expect(target).not.toMatch(/gabriel-byrne|mccarthy/);
  });
});

test('a finder is prepared in small steps, and then is ready and finds the same', async () => {
  const fresh = newFinder();
  expect(fresh.isReady()).toBe(false);
  let turns = 0;
  await fresh.prepare(async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThan(20);
  expect(fresh.isReady()).toBe(true);
  const found = fresh.find(snapshot, 'how long is ballerina');
  expect(JSON.stringify(found)).toBe(JSON.stringify(finder.find(snapshot, 'how long is ballerina')));
});
