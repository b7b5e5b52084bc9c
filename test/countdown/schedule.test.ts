import { expect, test } from 'vitest';
import { planOf } from '../../src/countdown/schedule.ts';
import { at } from '../commands/countdown/support.ts';
import { added, countdownOf, follow, followItself, inWords, targetAt } from './plans.ts';

const KNOWN = [{ since: '2020-01-01', date: '2024-06-07' }];
const START = '2024-01-01T00:00:00Z';
const countdown = countdownOf();
const progress = added('2024-06-07', START);
const look = (...instants: string[]) => follow(countdown, progress, KNOWN, instants.map(at));

test('the schedule posts each milestone at its own instant, and then nothing more', () => {
  const done = followItself(countdown, progress, KNOWN, at(START), at('2030-01-01T00:00Z'));
  expect(inWords(done)).toEqual([
    'milestone 30 at 2024-05-08T09:00:00Z',
    'milestone 7 at 2024-05-31T09:00:00Z',
    'milestone 1 at 2024-06-06T09:00:00Z',
    'milestone 0 at 2024-06-07T09:00:00Z',
  ]);
  expect(done.next).toBeNull();
});

test('a schedule that is checked early and often posts each milestone once, when due', () => {
  const again = [
    '2024-05-08T08:59:59.999Z',
    '2024-05-08T09:00:00Z',
    '2024-05-08T09:00:00Z',
    '2024-05-09T00:00Z',
  ];
  expect(inWords(look(...again))).toEqual(['milestone 30 at 2024-05-08T09:00:00Z']);
});

test('only the newest of several missed milestones is posted, the others are skipped', () => {
  const done = look('2024-06-06T12:00:00Z');
  expect(inWords(done)).toEqual(['milestone 1 at 2024-06-06T12:00:00Z']);
  expect(done.skipped.map(({ occurrence, reason }) => `${occurrence.daysBefore} ${reason}`)).toEqual([
    '30 collapsed',
    '7 collapsed',
  ]);
});

test('a late milestone is posted within seven days, and skipped after that', () => {
  expect(inWords(look('2024-05-15T09:00:00Z'))).toEqual(['milestone 30 at 2024-05-15T09:00:00Z']);
  const late = look('2024-05-15T09:00:00.001Z');
  expect(late.posted).toEqual([]);
  expect(late.skipped.map(({ reason }) => reason)).toEqual(['late']);
  expect(late.next?.toString()).toBe('2024-05-31T09:00:00Z');
});

test('a milestone that was due before its countdown was added is not posted', () => {
  const done = follow(countdown, added('2024-06-07', '2024-05-31T09:00:00Z'), KNOWN, [
    at('2024-05-31T09:00:00Z'),
  ]);
  expect(done.posted).toEqual([]);
  expect(done.skipped).toEqual([]);
});

test('the key of a post consists of the countdown, the milestone and the date', () => {
  const { upcoming } = planOf(countdown, progress, targetAt(KNOWN, at(START)), at(START));
  expect(upcoming.map(({ key }) => key)).toEqual(
    [30, 7, 1, 0].map((days) => `abcdefghij/milestone/${days}/2024-06-07`),
  );
});

test('only the later of two milestones at the same instant is posted', () => {
  const both = countdownOf({ milestones: [1, 0], timeZone: 'Pacific/Apia' });
  const facts = [{ since: '2011-01-01', date: '2011-12-31' }];
  const start = '2011-12-01T00:00:00Z';
  const done = followItself(both, added('2011-12-31', start), facts, at(start), at('2012-02-01T00:00Z'));
  // December 30 did not take place in Apia: both days' slots are the same instant, and the newer one stands for both.
  expect(inWords(done)).toEqual(['milestone 0 at 2011-12-30T19:00:00Z']);
  expect(done.skipped.map(({ reason }) => reason)).toEqual(['collapsed']);
});
