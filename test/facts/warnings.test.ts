import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import type { FactData } from '../../src/facts/fact-data.ts';
import { reviewOf } from '../../src/facts/review.ts';
import { newestDay, WARNING_KINDS, warningsOf } from '../../src/facts/warnings.ts';
import { parseData, readData } from '../../src/knowledge/load.ts';

function factData(): FactData {
  const result = parseData(readData('data'), LIMITS);
  if (!result.ok) throw new Error('the data holds mistakes');
  return result.facts;
}

const data = factData();
const kindsOf = (changed: FactData, slot: string) =>
  warningsOf(changed, newestDay(changed))
    .filter(({ message }) => message.includes(`"${slot}"`))
    .map(({ kind }) => kind);

/** The data with the claims of one slot changed. */
function changed(id: string, change: (claim: Record<string, unknown>) => object): FactData {
  const slots = data.slots.map((placed) =>
    placed.slot.slot === id
      ? {
          ...placed,
          slot: { ...placed.slot, claims: placed.slot.claims.map((claim) => change({ ...claim })) },
        }
      : placed,
  );
  return { ...data, slots: slots as FactData['slots'] };
}

test('the data have no more warnings of any kind than the baseline allows', () => {
  const baseline = JSON.parse(readFileSync('scripts/data-warnings.json', 'utf8'));
  const warnings = warningsOf(data, newestDay(data));
  for (const kind of WARNING_KINDS)
    expect(warnings.filter((warning) => warning.kind === kind).length, kind).toBeLessThanOrEqual(
      baseline[kind],
    );
});

test.each([
  ['one-source', 'ballerina/role/ian-mcshane', { sources: ['avclub-none', 'slashfilm-mcshane'] }],
  ['one-source', 'ballerina/role/ian-mcshane', { sources: ['wikipedia-ballerina', 'slashfilm-mcshane'] }],
  ['late', 'ballerina/role/ian-mcshane', { known: '2026-01-01' }],
  ['after-trailer', 'ballerina/role/ian-mcshane', { known: '2025-01-01' }],
  ['outlived', 'ballerina/release/theatrical/gb', { status: 'planned', date: '2025-06-06' }],
  ['outlived', 'ballerina/watch-first', { text: { en: 'It will be out soon.' } }],
  ['count', 'ballerina/watch-first', { text: { en: 'One of seven films.' } }],
])('the warning %s is given for a faulty claim of %s', (kind, slot, claim) => {
  expect(kindsOf(data, slot)).not.toContain(kind);
  expect(
    kindsOf(
      changed(slot, (original) => ({ ...original, ...claim })),
      slot,
    ),
  ).toContain(kind);
});

test('a claim with one primary source gets no warning', () => {
  const slot = 'ballerina/role/ian-mcshane';
  const primary = changed(slot, (claim) => ({ ...claim, sources: ['lionsgate-2024-05-15'] }));
  expect(kindsOf(primary, slot)).not.toContain('one-source');
});

test('the review contains every kind of finding, the worst first', () => {
  const kinds = reviewOf(data, '2026-11-22').map(({ kind }) => kind);
  const order = ['passed', 'unchecked', 'one-source', 'month-end'];
  expect([...new Set(kinds)]).toEqual(order);
  expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
});

test('a slot that was checked recently is not in the review', () => {
  const unchecked = (of: FactData) =>
    reviewOf(of, '2026-11-22').some(({ kind, slot }) => kind === 'unchecked' && slot === 'caine/project');
  const checked = {
    ...data,
    slots: data.slots.map((placed) =>
      placed.slot.slot === 'caine/project'
        ? { ...placed, slot: { ...placed.slot, checked: '2026-11-01' } }
        : placed,
    ),
  };
  expect([unchecked(data), unchecked(checked)]).toEqual([true, false]);
});
