import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findUnique, normalize, search } from '../../src/lib/search.ts';

const people = [
  { id: 'ana', names: ['Ana de Armas', 'Eve Macarro', 'Rooney'] },
  { id: 'anjelica', names: ['Anjelica Huston', 'The Director'] },
  { id: 'catalina', names: ['Catalina Sandino Moreno', 'Lena'] },
  { id: 'david', names: ['David Castañeda', 'Javier Macarro'] },
  { id: 'keanu', names: ['Keanu Reeves', 'John Wick'] },
  { id: 'sharon', names: ['Sharon Duncan-Brewster', 'Nogi'] },
];
const ids = (typed: string) => search(people, typed).map(({ id }) => id);
const one = (typed: string) => findUnique(people, typed)?.id;

describe('normalized text', () => {
  test.each([
    ['Sandino Moréno', 'sandino moreno'],
    ['  KEANU   Reeves! ', 'keanu reeves'],
    ['Duncan-Brewster', 'duncan brewster'],
    ['Ｋｅａｎｕ', 'keanu'],
    ['Castañeda', 'castaneda'],
    ['🎬', ''],
    ['', ''],
  ])('of “%s” is “%s”', (text, expected) => {
    expect(normalize(text)).toBe(expected);
  });
});

describe('searching while typing', () => {
  test('returns all items in their own order for an empty query', () => {
    expect(ids('')).toEqual(people.map(({ id }) => id));
    expect(ids('  ')).toEqual(people.map(({ id }) => id));
  });

  test.each([
    ['keanu', ['keanu']],
    ['KEA', ['keanu']],
    ['wick', ['keanu']],
    ['moreno', ['catalina']],
    ['sandino moréno', ['catalina']],
    ['castaneda', ['david']],
    ['brewster', ['sharon']],
    ['rooney', ['ana']],
  ])('“%s” offers %j', (typed, expected) => {
    expect(ids(typed)).toEqual(expected);
  });

  test('ranks names with the prefix before names with a word that has it', () => {
    expect(ids('an').slice(0, 2)).toEqual(['ana', 'anjelica']);
    expect(ids('macarro')).toEqual(expect.arrayContaining(['ana', 'david']));
  });

  test.each([
    ['keanoo', 'keanu'],
    ['reevs', 'keanu'],
    ['Roonye', 'ana'],
    ['anjelca', 'anjelica'],
  ])('the typo “%s” offers %s first', (typed, expected) => {
    expect(ids(typed)[0]).toBe(expected);
  });

  test('returns nothing if no name is similar', () => {
    expect(ids('zzzzzzz')).toEqual([]);
  });
});

describe('finding a unique item', () => {
  test.each([
    ['Keanu Reeves', 'keanu'],
    ['john wick', 'keanu'],
    ['sandino', 'catalina'],
    ['the director', 'anjelica'],
    ['moréno catalina', 'catalina'],
  ])('“%s” is %s', (typed, expected) => {
    expect(one(typed)).toBe(expected);
  });

  test('does not guess at typos', () => {
    expect(one('keanoo')).toBeUndefined();
  });

  test('returns nothing if several items match', () => {
    expect(one('macarro')).toBeUndefined();
    expect(one('an')).toBeUndefined();
  });

  test('returns nothing for an empty query', () => {
    expect(one('')).toBeUndefined();
    expect(one('🎬')).toBeUndefined();
  });

  test('prefers an exact name to names that contain it', () => {
    const films = [{ names: ['John Wick'] }, { names: ['John Wick: Chapter 2'] }];
    expect(findUnique(films, 'john wick')).toBe(films[0]);
  });
});

test('a search returns a subset of the items, each once, for any query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      const found = search(people, typed);
      expect(new Set(found).size).toBe(found.length);
      expect(people).toEqual(expect.arrayContaining(found));
      findUnique(people, typed);
    }),
  );
});

test('a search by any name finds its item, in upper and lower case', () => {
  const owners = people.flatMap(({ id, names }) => names.map((name) => ({ id, name })));
  fc.assert(
    fc.property(fc.constantFrom(...owners), fc.boolean(), ({ id, name }, upper) => {
      expect(one(upper ? name.toUpperCase() : name.toLowerCase())).toBe(id);
    }),
  );
});
