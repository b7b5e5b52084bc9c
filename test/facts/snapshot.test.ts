import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAfter } from '../../src/facts/dates.ts';
import type { Kind } from '../../src/facts/schema.ts';
import { type Fact, history, type Snapshot, sourceIds } from '../../src/facts/snapshot.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { ARTICLE_DAY, TODAY } from '../support.ts';

const { facts } = loadData('data');
const KINDS: Kind[] = [
  ...(['name', 'release', 'credit', 'role', 'company', 'origin', 'measure', 'rating'] as const),
  ...(['trailer', 'event', 'prose', 'story', 'gap', 'project', 'life', 'appearance'] as const),
];

const first = Temporal.PlainDate.from('2014-01-01');
const last = Temporal.PlainDate.from('2027-12-31');
const anyDay = fc
  .integer({ min: 0, max: first.until(last).days })
  .map((days) => first.add({ days }).toString());

const everything = ({ of }: Snapshot): Fact[] => KINDS.flatMap((kind) => of(kind) as Fact[]);

/** The sources of all that a slot says and said. */
const sourcesOf = (snapshot: Snapshot, known: Fact) =>
  [known, ...history(known)].flatMap(({ claim }) => snapshot.sources({ sources: sourceIds(claim) }));

test('a snapshot holds no current or earlier claim and no source later than its day', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const snapshot = facts.asOf(day);
      for (const known of everything(snapshot)) {
        const days = [...known.before, known.claim].map((claim) => claim.known);
        expect(days.filter((knownDay) => knownDay > day)).toEqual([]);
        expect(days).toEqual([...days].sort());
        for (const { date, notBefore } of sourcesOf(snapshot, known)) {
          if (date) expect(isAfter(date, day)).toBe(false);
          else expect((notBefore ?? '') <= day).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('every claim of every snapshot has a source that existed on its day', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const snapshot = facts.asOf(day);
      const bare = everything(snapshot).filter(
        ({ claim }) => snapshot.sources({ sources: sourceIds(claim) }).length === 0,
      );
      expect(bare.map(({ slot }) => slot.slot)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a known claim stays in later snapshots, at least as an earlier claim', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (someDay, otherDay) => {
      const [day = '', later = ''] = [someDay, otherDay].sort();
      for (const known of everything(facts.asOf(day))) {
        const after = facts.asOf(later).get(known.slot.slot);
        expect(after && [...after.before, after.claim]).toEqual(
          expect.arrayContaining([...known.before, known.claim]),
        );
      }
    }),
    { numRuns: 25 },
  );
});

test('the next change of a slot is the first later day with another claim', () => {
  const slots = everything(facts.asOf('2027-12-31')).map(({ slot }) => slot.slot);
  fc.assert(
    fc.property(fc.constantFrom(...slots), anyDay, (slot, day) => {
      const claimOn = (date: string) => facts.asOf(date).get(slot)?.claim;
      const next = facts.nextChange(slot, day);
      const eve = next ? Temporal.PlainDate.from(next).subtract({ days: 1 }).toString() : '2099-01-01';
      expect(claimOn(eve)).toBe(claimOn(day));
      if (!next) return;
      expect(next > day).toBe(true);
      expect(claimOn(next)).not.toBe(claimOn(day));
    }),
    { numRuns: 200 },
  );
});

describe('the release of Ballerina in the United States', () => {
  const release = 'ballerina/release/theatrical/us';
  const on = (day: string) => facts.asOf(day).get(release)?.claim;

  test.each([
    ['2022-04-28', undefined],
    ['2022-04-29', { status: 'undated' }],
    ['2023-04-03', { status: 'undated' }],
    ['2023-04-04', { status: 'planned', date: '2024-06-07' }],
    [ARTICLE_DAY, { status: 'planned', date: '2024-06-07' }],
    ['2024-02-21', { status: 'planned', date: '2024-06-07' }],
    ['2024-02-22', { status: 'planned', date: '2025-06-06' }],
    ['2025-06-05', { status: 'planned', date: '2025-06-06' }],
    ['2025-06-06', { status: 'released', date: '2025-06-06' }],
    [TODAY, { status: 'released', date: '2025-06-06' }],
  ])('is what was known as of %s', (day, claim) => {
    if (claim) expect(on(day)).toMatchObject(claim);
    else expect(on(day)).toBeUndefined();
  });

  test('changes next on the day on which it was moved', () => {
    expect(facts.nextChange(release, ARTICLE_DAY)).toBe('2024-02-22');
    expect(facts.nextChange(release, TODAY)).toBeNull();
  });
});

test('a slot that does not exist has no fact and no next change', () => {
  expect(facts.asOf(TODAY).get('nobody/knows')).toBeUndefined();
  expect(facts.nextChange('nobody/knows', ARTICLE_DAY)).toBeNull();
});
