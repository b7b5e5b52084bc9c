import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { spanOf } from '../../src/facts/dates.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { createFactCard } from '../../src/questions/fact-card.ts';
import { TODAY } from '../support.ts';
import { saysFirst } from './measure-cards.ts';
import {
  allQuestions,
  answerables,
  falsePremiseSet,
  ownWords,
  plainly,
  questionsAboutOtherFilms,
  refusables,
  timeShiftedSet,
  twoDaysSet,
} from './question-sets.ts';

const { facts, catalogue } = loadData('data', LIMITS);

const fresh = [...answerables, ...refusables].filter(({ part }) => part === 'fresh');
const cardSets = [...timeShiftedSet, ...falsePremiseSet, ...twoDaysSet];
const setAside = [...[...fresh, ...cardSets].map(({ question }) => question), ...ownWords];

/** Every text of a data file, wherever it stands. */
function textsIn(json: unknown): string[] {
  if (typeof json === 'string') return [json];
  return json && typeof json === 'object' ? Object.values(json).flatMap(textsIn) : [];
}

test('no question of the sets is among the examples: none may be measured with itself', () => {
  const { answered, refused } = JSON.parse(readFileSync('data/wordings.json', 'utf8'));
  const examples = textsIn([answered, refused]);
  const known = new Set([...allQuestions, ...questionsAboutOtherFilms].map(plainly));
  expect(examples.filter((text) => known.has(plainly(text)))).toEqual([]);
});

test('most other films that are asked for are not listed in data/other-titles.json', () => {
  expect(questionsAboutOtherFilms.length).toBeGreaterThan(1200);
});

test('no question stands twice', () => {
  const older = [...answerables, ...refusables].filter(({ part }) => part !== 'fresh');
  const all = [...setAside, ...older.map(({ question }) => question)].map(plainly);
  expect(all.filter((question, at) => all.indexOf(question) !== at)).toEqual([]);
});

test('the facts have every slot that a question asks for', () => {
  const known = new Set(facts.asOf('9999-12-31').all.map(({ slot }) => slot.slot));
  const lost = [...answerables, ...cardSets].filter(({ slots }) => slots.some((slot) => !known.has(slot)));
  expect(lost.map(({ question }) => question)).toEqual([]);
});

describe('the words that an answer is known by are in the facts of that day', () => {
  /** Whether the answer for one of the slots tells it. */
  const isTold = (slots: readonly string[], day: string, words: readonly string[], others?: string[]) => {
    const view = { facts, snapshot: facts.asOf(day), language: catalogue.in('en-US'), spoilers: true };
    return slots
      .filter((slot) => view.snapshot.get(slot))
      .some((slot) => saysFirst(createFactCard(view, slot, false).lead.text, words, others));
  };

  test('for questions about an earlier time', () => {
    const wrong = timeShiftedSet.filter(
      ({ slots, asOf, says, later }) => !isTold(slots, spanOf(asOf).to, says, later),
    );
    expect(wrong.map(({ question }) => question)).toEqual([]);
  });

  test('for questions as of two days', () => {
    const wrong = twoDaysSet.filter(
      ({ slots, days: [one, two] }) =>
        !isTold(slots, one.day, one.says, two.says) || !isTold(slots, two.day, two.says, one.says),
    );
    expect(wrong.map(({ question }) => question)).toEqual([]);
  });

  test('and an earlier time is one whose answer is not today’s', () => {
    expect(timeShiftedSet.filter(({ asOf }) => spanOf(asOf).to >= TODAY)).toEqual([]);
  });
});
