import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadData } from '../../src/knowledge/load.ts';

interface Asked {
  question: string;
  slots?: string[];
  part: 'tuning' | 'held-out' | 'newcomer';
}

const read = (file: string): Asked[] => JSON.parse(readFileSync(`test/questions/${file}.json`, 'utf8'));
const questions = read('questions');
const refused = read('refused');

test('every answerable question of the set names slots that the facts have', () => {
  const { all } = loadData('data').facts.asOf('9999-12-31');
  const known = new Set(all.map(({ slot }) => slot.slot));
  const lost = questions.filter(
    ({ slots = [] }) => slots.length === 0 || slots.some((slot) => !known.has(slot)),
  );
  expect(lost.map(({ question }) => question)).toEqual([]);
});

test('the set has no question twice, and keeps a third of each kind apart from tuning', () => {
  const all = [...questions, ...refused].map(({ question }) => question.toLowerCase());
  expect(all.filter((question, at) => all.indexOf(question) !== at)).toEqual([]);
  for (const list of [questions, refused]) {
    const heldOut = list.filter(({ part }) => part !== 'tuning').length;
    expect(heldOut / list.length).toBeGreaterThan(0.3);
  }
});
