import { expect, test } from 'vitest';
import { canChange, isOut, isUnconfirmed, lastConfirmed, staleSince } from '../../src/facts/freshness.ts';
import { type Slot, slotSchema } from '../../src/facts/schema.ts';
import { createFacts, type Fact } from '../../src/facts/snapshot.ts';

const heat = { en: 'Heat' };
const slotOf = (slot: object): Slot => slotSchema.parse(slot);
const about = { known: '2020-01-01', confidence: 'high', sources: ['a'] };
const name = (title: string): Slot =>
  slotOf({
    slot: `${title}/name`,
    kind: 'name',
    title,
    claims: [{ ...about, status: 'confirmed', full: heat, short: heat }],
  });
const release = (title: string, claim: object, checked?: string): Slot =>
  slotOf({
    slot: `${title}/release/theatrical/us`,
    kind: 'release',
    title,
    medium: 'theatrical',
    regions: ['US'],
    ...(checked && { checked }),
    claims: [{ ...about, ...claim }],
  });

function factsOf(...slots: Slot[]) {
  return createFacts({
    slots: slots.map((slot, index) => ({ file: 'data/claims/x.json', index, slot })),
    sources: {
      a: { publisher: 'A', address: null, date: '2020-01-01' },
      b: { publisher: 'B', address: null, date: '2020-03' },
      c: { publisher: 'C', address: null, date: null, notBefore: '2020-02-01' },
    },
    titles: {},
    people: {},
    characters: {},
    terms: {},
    ids: {},
  });
}

function one(facts: ReturnType<typeof factsOf>, day: string, slot: string) {
  const snapshot = facts.asOf(day);
  return { snapshot, fact: snapshot.get(slot) as Fact };
}

test('a title is out from the day of its release on', () => {
  const facts = factsOf(name('x'), release('x', { status: 'released', date: '2020-01-01' }));
  expect(isOut(facts.asOf('2020-01-01'), 'x')).toBe(true);
  expect(isOut(facts.asOf('2019-12-31'), 'x')).toBe(false);
});

test('a fact can change only until its title is out', () => {
  const coming = one(factsOf(name('x'), release('x', { status: 'undated' })), '2020-02-01', 'x/name');
  expect(canChange(coming.snapshot, coming.fact)).toBe(true);
  const there = one(
    factsOf(name('x'), release('x', { status: 'released', date: '2020-01-01' })),
    '2020-02-01',
    'x/name',
  );
  expect(canChange(there.snapshot, there.fact)).toBe(false);
});

test('a fact is last confirmed by its newest source, an undated one by its earliest day', () => {
  const slot = release('x', { status: 'undated', sources: ['a', 'c'] });
  const { snapshot, fact } = one(factsOf(name('x'), slot), '2020-12-31', slot.slot);
  expect(lastConfirmed(snapshot, [fact])).toBe('2020-02-01');
});

test('a check that finds nothing new confirms a fact from its day on', () => {
  const slot = release('x', { status: 'undated' }, '2020-06-01');
  const facts = factsOf(name('x'), slot);
  const later = one(facts, '2020-06-01', slot.slot);
  expect(lastConfirmed(later.snapshot, [later.fact])).toBe('2020-06-01');
  const earlier = one(facts, '2020-05-31', slot.slot);
  expect(lastConfirmed(earlier.snapshot, [earlier.fact])).toBe('2020-01-01');
});

test('a fact is stale after ninety days, not on the ninetieth', () => {
  const slot = release('x', { status: 'undated' });
  const facts = factsOf(name('x'), slot);
  for (const [day, stale] of [
    ['2020-03-31', undefined],
    ['2020-04-01', '2020-01-01'],
  ] as const) {
    const { snapshot, fact } = one(facts, day, slot.slot);
    expect(staleSince(snapshot, [fact]), day).toBe(stale);
  }
});

test('a planned date is unconfirmed once its day or month has passed', () => {
  const day = release('x', { status: 'planned', date: '2020-02-01' });
  const month = release('y', { status: 'planned', date: '2020-02' });
  const facts = factsOf(name('x'), day, month);
  const at = (when: string, slot: Slot) => {
    const { snapshot, fact } = one(facts, when, slot.slot);
    return isUnconfirmed(snapshot, fact);
  };
  expect([at('2020-02-01', day), at('2020-02-02', day)]).toEqual([false, true]);
  expect([at('2020-02-29', month), at('2020-03-01', month)]).toEqual([false, true]);
});

test('the newest source of a snapshot is its newest dated source, with its age', () => {
  const facts = factsOf(name('x'));
  expect(facts.asOf('2020-02-15').newestSource).toEqual({ date: '2020-01-01', days: 45 });
  expect(facts.asOf('2020-04-10').newestSource).toEqual({ date: '2020-03', days: 10 });
  expect(facts.asOf('2019-01-01').newestSource).toBeUndefined();
});
