import { expect, test } from 'vitest';
import { createSnapshotCache } from '../../src/interactions/snapshot-cache.ts';
import { loadData } from '../../src/knowledge/load.ts';

const { facts } = loadData('data');
const today = facts.asOf('2026-11-22');

/** Something that counts how often it is made. */
function counting() {
  const remembered = createSnapshotCache<number>();
  let made = 0;
  const make = () => {
    made += 1;
    return made;
  };
  return (key: unknown[], snapshot = today) => remembered(snapshot, key, make);
}

test('the cache makes a value once for each snapshot and key', () => {
  const ask = counting();
  expect([ask(['en-US', 'cast']), ask(['en-US', 'cast']), ask(['de', 'cast'])]).toEqual([1, 1, 2]);
  expect(ask(['en-US', 'cast'], facts.asOf('2024-01-20'))).toBe(3);
  expect(ask(['en-US', 'cast'])).toBe(1);
});

test('the cache also keeps a value of undefined', () => {
  const remembered = createSnapshotCache<undefined>();
  let made = 0;
  const make = () => {
    made += 1;
    return undefined;
  };
  remembered(today, ['x'], make);
  remembered(today, ['x'], make);
  expect(made).toBe(1);
});

test('a full cache first drops the value that was used longest ago', () => {
  const ask = counting();
  for (let n = 0; n < 300; n += 1) ask([n]);
  expect(ask([0])).toBe(1);
  ask(['one more']);
  expect(ask([0])).toBe(1);
  expect(ask([1])).toBe(302);
});
