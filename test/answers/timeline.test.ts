import { expect, test } from 'vitest';
import { timelineCard } from '../../src/answers/timeline.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { TODAY } from '../support.ts';

const { facts, catalogue } = loadData('data');

/** The titles of the answer in order of release, as of a day. */
function releaseOrder(day: string): string[] {
  const view = { facts, snapshot: facts.asOf(day), language: catalogue.in('en-US'), spoilers: false };
  const [detail] = timelineCard(view, 'release').details;
  return (detail?.lines ?? []).map(({ text }) => /\*\*(.+?)\*\*/.exec(text)?.[1] ?? '');
}

test('releases are in their true order, a title known only by its year after the days of that year', () => {
  expect(releaseOrder(TODAY).slice(0, 11)).toEqual([
    'John Wick',
    'Chapter 2',
    'The Book of Rules',
    'Chronicles',
    'Chapter 3',
    'Hex',
    'Chapter 4',
    'The Continental',
    'Chapters 1–4',
    'Wick Is Pain',
    'Ballerina',
  ]);
});

test('a month ahead comes after the days that have passed', () => {
  const order = releaseOrder('2021-12-22');
  expect(order.indexOf('Hex')).toBeLessThan(order.indexOf('Chapter 4'));
});
