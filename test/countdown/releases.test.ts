import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { View } from '../../src/answers/card.ts';
import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { HOSTILE } from './hostile.ts';

const { facts, catalogue } = loadData('data');
const viewOn = (day: string): View => ({
  facts,
  snapshot: facts.asOf(day),
  language: catalogue.in('en-US'),
  spoilers: false,
});
const on = (day: string) => listCountables(viewOn(day));

test('every offered release is found again by its value and by its label', () => {
  for (const day of ['2022-06-01', '2024-01-20', '2025-05-01', '2026-11-22']) {
    const all = on(day);
    expect(new Set(all.map(({ value }) => value)).size).toBe(all.length);
    for (const one of all) {
      expect(findCountable(all, one.value)).toBe(one);
      expect(findCountable(all, one.label)).toBe(one);
    }
  }
});

test.each([
  ['2024-01-20', 'Ballerina', 'ballerina/release/theatrical/us'],
  ['2025-05-01', 'Ballerina', 'ballerina/release/theatrical/us'],
  ['2025-05-01', 'the ballerina movie', 'ballerina/release/theatrical/us'],
  ['2025-05-01', 'BALLERINA czechia', 'ballerina/release/theatrical/cz'],
  ['2026-11-22', 'ballerina anniversary', 'anniversary:ballerina/release/theatrical/us'],
])('on %s the text "%s" finds the release %s', (day, typed, value) => {
  expect(findCountable(on(day), typed)?.value).toBe(value);
});

test('no release is offered both as upcoming and as an anniversary', () => {
  for (const day of ['2025-06-05', '2025-06-06', '2025-06-07']) {
    const releases = on(day).map(({ release }) => release);
    expect(new Set(releases).size).toBe(releases.length);
  }
});

test('a release is upcoming until its day, and an anniversary afterwards', () => {
  const us = (day: string) => on(day).find(({ release }) => release === 'ballerina/release/theatrical/us');
  expect(us('2025-06-06')?.anniversary).toBe(false);
  expect(us('2025-06-07')?.anniversary).toBe(true);
});

test('any typed text finds a release or nothing', () => {
  const all = on('2025-05-01');
  fc.assert(
    fc.property(HOSTILE, (typed) => {
      const found = findCountable(all, typed);
      if (found) expect(all).toContain(found);
    }),
    { numRuns: 300 },
  );
});

test.each(['', ' ', '@everyone', 'the', 'film', '🩰', 'release date of nothing'])(
  'the text "%s" finds no release',
  (typed) => {
    expect(findCountable(on('2025-05-01'), typed)).toBeUndefined();
  },
);
