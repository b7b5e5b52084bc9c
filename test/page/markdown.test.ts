import { expect, test } from 'vitest';
import { parse } from '../../sandbox/page/browser/markdown.ts';

test('a numbered list keeps its first number, and all its items are one list', () => {
  const [list, ...rest] = parse('3. three\n4. four\n5. five');
  expect(list).toMatchObject({ type: 'list', ordered: true, start: 3 });
  expect(list?.items).toHaveLength(3);
  expect(rest).toEqual([]);
});

test('small text right after a list is small text', () => {
  expect(parse('- one\n- two\n-# Variety, 2024').map(({ type }) => type)).toEqual(['list', 'subtext']);
});

test('a number within a line begins no list', () => {
  expect(parse('Chapter 4. A film').map(({ type }) => type)).not.toContain('list');
});
