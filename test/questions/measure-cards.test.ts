import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/answers/card.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { TODAY } from '../support.ts';
import { judgeTimeShifted, judgeTwoDays, judgeYesOrNo, saysFirst } from './measure-cards.ts';

const SLOT = 'ballerina/release/theatrical/us';
const fact = loadData('data').facts.asOf(TODAY).get(SLOT);

/** Returns a way to ask whose every answer begins with that text, from that one fact or none. */
const answering =
  (text: string, isFromFact = true, title = 'Ballerina · Release') =>
  (): Card => ({
    title,
    lead: { text, ...(isFromFact && fact && { from: fact }) },
    details: [],
    next: [],
    question: 'is it on netflix in January 2024? No. Yes. June 7, 2024',
  });

test('words count in any case and under markup, but not after what came later', () => {
  expect(saysFirst('opened on **June 6, 2025**', ['june 6'])).toBe(true);
  expect(saysFirst('It hasn’t opened', ["hasn't"])).toBe(true);
  expect(saysFirst('June 6, 2025. Moved from June 7, 2024.', ['June 7, 2024'], ['June 6, 2025'])).toBe(false);
  expect(saysFirst('June 7, 2024. Now June 6, 2025.', ['June 7, 2024'], ['June 6, 2025'])).toBe(true);
});

describe('a question with yes or no', () => {
  const entry = { question: 'is it out', verdicts: ['no' as const], slots: [SLOT] };

  test.each([
    ['No. It opens in June.', true, 'right'],
    ['**No**, it opens in June.', true, 'right'],
    ['Yes. It is out.', true, 'amiss'],
    ['No sequel has been greenlit.', true, 'amiss'],
    ['I don’t have an answer to that.', false, 'amiss'],
  ])('%s', (text, isFromFact, kind) => {
    expect(judgeYesOrNo(answering(text, isFromFact), entry)).toBe(kind);
  });

  test('is wrong from another fact', () => {
    expect(judgeYesOrNo(answering('No. It is not.'), { ...entry, slots: ['ballerina/plot'] })).toBe('wrong');
  });
});

describe('a question about an earlier time', () => {
  const entry = { question: 'when in January 2024', asOf: '2024-01', slots: [SLOT], says: ['June 7, 2024'] };

  test.each([
    ['As of January 2024: June 7, 2024.', 'right'],
    ['June 7, 2024 (as of Jan 31, 2024)', 'right'],
    ['June 7, 2024', 'amiss'],
    ['As of January 2023: June 7, 2024.', 'amiss'],
  ])('%s', (text, kind) => {
    expect(judgeTimeShifted(answering(text), entry)).toBe(kind);
  });
});

test('both days must be answered', () => {
  const ask = (_: string, day?: string) =>
    answering(day === '2023-06-01' ? 'June 7, 2024' : 'June 6, 2025')();
  const days = (two: string): [{ day: string; says: string[] }, { day: string; says: string[] }] => [
    { day: '2023-06-01', says: ['June 7, 2024'] },
    { day: '2024-06-01', says: [two] },
  ];
  expect(judgeTwoDays(ask, { question: 'when', slots: [SLOT], days: days('June 6, 2025') })).toBe('right');
  expect(judgeTwoDays(ask, { question: 'when', slots: [SLOT], days: days('June 2026') })).toBe('amiss');
});
