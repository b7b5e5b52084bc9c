import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseFacts } from '../../src/facts/parse.ts';
import { readDataFiles } from '../../src/knowledge/read-files.ts';

interface Asked {
  question: string;
  slots?: string[];
  part: 'tuning' | 'held-out' | 'newcomer';
}

const read = (file: string): Asked[] => JSON.parse(readFileSync(`test/questions/${file}.json`, 'utf8'));
const questions = read('questions');
const refused = read('refused');

test('every question that fans ask is about a slot that the facts have', () => {
  const facts = parseFacts(readDataFiles('data'));
  const known = new Set(facts.ok ? facts.data.slots.map(({ slot }) => slot.slot) : []);
  const lost = questions.filter(
    ({ slots = [] }) => slots.length === 0 || slots.some((slot) => !known.has(slot)),
  );
  expect(lost.map(({ question }) => question)).toEqual([]);
});

test('no question stands twice, and a third of each kind is set aside', () => {
  const all = [...questions, ...refused].map(({ question }) => question.toLowerCase());
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  for (const list of [questions, refused]) {
    const heldOut = list.filter(({ part }) => part !== 'tuning').length;
    expect(heldOut / list.length).toBeGreaterThan(0.3);
  }
});
