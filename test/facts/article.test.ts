import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadData } from '../../src/knowledge/load.ts';
import { ARTICLE_DAY, TODAY } from '../support.ts';

/** What a slot's claim must hold: some of its fields, a part of its text, a number of contested sides. */
interface Expected {
  textIncludes?: string;
  sides?: number;
  [field: string]: unknown;
}

/** A claim of the founding article; what it was then, and what it is now. Opinions are in no slot. */
interface Entry {
  id: string;
  says: string;
  opinion?: true;
  slot?: string;
  then?: Expected | null;
  now?: Expected | null;
}

const entries: Entry[] = JSON.parse(readFileSync('test/facts/article.json', 'utf8'));
const facts = entries.filter((entry) => !entry.opinion);
const { asOf } = loadData('data').facts;

function check(slot: string | undefined, day: string, expected: Expected | null | undefined) {
  const claim = asOf(day).get(slot ?? '')?.claim;
  if (expected === null) return expect(claim).toBeUndefined();
  const { textIncludes, sides, ...fields } = expected ?? {};
  expect(claim).toMatchObject(fields);
  if (textIncludes) expect(JSON.stringify(claim && 'text' in claim && claim.text.en)).toContain(textIncludes);
  if (sides) expect(claim && 'sides' in claim ? claim.sides : []).toHaveLength(sides);
}

describe('the facts as of the founding article’s day hold what was known then', () => {
  test.each(facts)('$id $slot: $says', ({ slot, then }) => check(slot, ARTICLE_DAY, then));
});

describe('the facts as of today hold what is now known of the founding article', () => {
  test.each(facts)('$id $slot: $says', ({ slot, now }) => check(slot, TODAY, now));
});

test('every sentence of the founding article has an entry', () => {
  const wanted = Array.from({ length: 57 }, (_, at) => `S${at + 1}`);
  expect([...new Set(entries.map(({ id }) => id))]).toEqual(wanted);
});

test('every entry of the founding article, except opinions, has a slot and both expectations', () => {
  for (const entry of facts) {
    expect(entry, entry.id).toHaveProperty('slot');
    expect(entry, entry.id).toHaveProperty('then');
    expect(entry, entry.id).toHaveProperty('now');
  }
});
