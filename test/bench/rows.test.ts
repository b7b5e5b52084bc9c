import { describe, expect, test } from 'vitest';
import { type Row, verdictOf } from '../../bench/rows.ts';
import { quantile, ratios, spreadOf } from '../../bench/statistics.ts';
import { formatNumber, formatTable } from '../../bench/table.ts';

const row = (ours: number[], floor: number[], target: { atMost?: number; atLeast?: number }): Row => ({
  what: 'something',
  unit: 'ms',
  figures: { ours, floor },
  target: { of: 'ours', to: 'floor', ...target },
});

test('a quantile lies between the values around it', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3], 0.99)).toBeCloseTo(2.98);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('ratios are taken pair by pair, so that what slowed a whole round down does not count', () => {
  expect(ratios([1, 20, 3], [1, 10, 3])).toEqual([1, 2, 1]);
  expect(ratios([1, 2], [1])).toEqual([1]);
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
});

describe('a target', () => {
  test('is compared with the median of the ratios', () => {
    const verdict = verdictOf(row([1, 9, 1.1], [1, 1, 1], { atMost: 1.2 }));
    expect(verdict).toMatchObject({ ratio: { median: 1.1, low: 1, high: 9 }, met: true, farOff: false });
  });

  test.each([
    [{ atMost: 1.2 }, 1.3, false],
    [{ atMost: 1.2 }, 2.4, false],
    [{ atMost: 1.2 }, 2.5, true],
    [{ atLeast: 0.9 }, 0.8, false],
    [{ atLeast: 0.9 }, 0.4, true],
  ])('%j with a ratio of %d is missed; far off: %s', (target, ratio, farOff) => {
    expect(verdictOf(row([ratio], [1], target))).toMatchObject({ met: false, farOff });
  });

  test('with an upper bound only is met by a negative ratio', () => {
    expect(verdictOf(row([-0.1], [1], { atMost: 0.5 }))).toMatchObject({ met: true, farOff: false });
  });

  test('without measurements is missed, and far off', () => {
    expect(verdictOf(row([], [1], { atMost: 1 }))).toMatchObject({ met: false, farOff: true });
    expect(verdictOf(row([Number.NaN], [1], { atMost: 1 }))).toMatchObject({ met: false, farOff: true });
  });

  test('is optional for a row', () => {
    expect(verdictOf({ what: 'x', unit: 'MB', figures: { ours: [1] } })).toBeUndefined();
  });
});

test('the table has a column for each subject and says whether each target is met', () => {
  const rows: Row[] = [
    row([1, 1.5, 2], [1, 1, 1], { atMost: 1.2 }),
    { what: 'size', unit: 'MB', figures: { other: [1234.5] } },
  ];
  expect(formatTable(rows).split('\n')).toEqual([
    '|  | unit | ours | floor | other | ratio | target |  |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    '| something | ms | 1.5 (1–2) | 1 |  | 1.5 (1–2) | ≤ 1.2 | **missed** |',
    '| size | MB |  |  | 1,235 |  |  |  |',
  ]);
});

test.each([
  [1234.56, '1,235'],
  [12.345, '12.3'],
  [1.2345, '1.23'],
  [0.012345, '0.012'],
  [0, '0'],
  [Number.NaN, '–'],
])('%d is formatted with three significant digits: %s', (value, written) => {
  expect(formatNumber(value)).toBe(written);
});
