import { expect, test } from 'vitest';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, followItself, type History, inWords } from './plans.ts';

const START = '2024-01-01T00:00:00Z';
const countdown = countdownOf({ milestones: [7, 0], createdAt: START });
const replay = (history: History, told: string | null = history[0]?.date ?? null, given = countdown) =>
  followItself(given, added(told, START), history, at(START), at('2030-01-01T00:00Z'));

test('a moved date is announced once, at the posting time of the day it moved', () => {
  const done = replay([
    { since: '2023-01-01', date: '2024-06-07' },
    { since: '2024-02-22', date: '2025-06-06' },
  ]);
  expect(inWords(done)).toEqual([
    'moved at 2024-02-22T09:00:00Z',
    'milestone 7 at 2025-05-30T09:00:00Z',
    'milestone 0 at 2025-06-06T09:00:00Z',
  ]);
  expect(done.posted[0]?.occurrence).toMatchObject({ was: '2024-06-07', date: '2025-06-06' });
});

test('the notice of a move replaces milestones due by then, except the day itself', () => {
  const done = replay([
    { since: '2023-01-01', date: '2024-12-31' },
    { since: '2024-06-05', date: '2024-06-05' },
  ]);
  expect(inWords(done)).toEqual(['moved at 2024-06-05T09:00:00Z', 'milestone 0 at 2024-06-05T09:00:00Z']);
});

test('a date that moves twice between checks is announced once, with the date announced before', () => {
  const done = replay(
    [
      { since: '2023-01-01', date: '2024-06-07' },
      { since: '2024-02-22', date: '2024-09-01' },
      { since: '2024-02-22', date: '2025-06-06' },
    ],
    '2024-06-07',
  );
  expect(done.posted[0]?.occurrence).toMatchObject({ kind: 'moved', was: '2024-06-07', date: '2025-06-06' });
  expect(inWords(done).filter((line) => line.startsWith('moved'))).toHaveLength(1);
});

test('a date that becomes unknown stops the milestones, and the next date is announced', () => {
  const done = replay([
    { since: '2023-01-01', date: '2024-06-07' },
    { since: '2024-02-22', date: null },
    { since: '2024-09-01', date: '2025-06' },
    { since: '2024-10-01', date: '2025-06-06' },
  ]);
  expect(inWords(done)).toEqual([
    'moved at 2024-10-01T09:00:00Z',
    'milestone 7 at 2025-05-30T09:00:00Z',
    'milestone 0 at 2025-06-06T09:00:00Z',
  ]);
});

test('a date that becomes unknown and is confirmed again is not announced', () => {
  const done = replay([
    { since: '2023-01-01', date: '2024-06-07' },
    { since: '2024-02-22', date: null },
    { since: '2024-03-01', date: '2024-06-07' },
  ]);
  expect(inWords(done)).toEqual([
    'milestone 7 at 2024-05-31T09:00:00Z',
    'milestone 0 at 2024-06-07T09:00:00Z',
  ]);
});

test('a date that moves back and forth is announced each time, under a new key', () => {
  const done = replay([
    { since: '2023-01-01', date: '2025-06-06' },
    { since: '2024-02-01', date: '2025-09-01' },
    { since: '2024-03-01', date: '2025-06-06' },
    { since: '2024-04-01', date: '2025-09-01' },
  ]);
  expect(inWords(done).slice(0, 3)).toEqual([
    'moved at 2024-02-01T09:00:00Z',
    'moved at 2024-03-01T09:00:00Z',
    'moved at 2024-04-01T09:00:00Z',
  ]);
  expect(new Set(done.posted.map(({ occurrence }) => occurrence.key)).size).toBe(done.posted.length);
});

test('a date that is already long past when it becomes known is not announced', () => {
  const done = replay(
    [
      { since: '2023-01-01', date: null },
      { since: '2024-09-30', date: '2024-07-01' },
    ],
    null,
  );
  expect(done.posted).toEqual([]);
});

test('the notice of a move waits for the posting time in a zone far east', () => {
  const done = replay(
    [
      { since: '2023-01-01', date: '2024-06-07' },
      { since: '2024-02-22', date: '2025-06-06' },
    ],
    '2024-06-07',
    countdownOf({ timeZone: 'Pacific/Kiritimati', createdAt: START }),
  );
  expect(inWords(done)[0]).toBe('moved at 2024-02-22T19:00:00Z');
});
