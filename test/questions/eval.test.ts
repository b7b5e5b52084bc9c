import { describe, expect, test } from 'vitest';
import { measure } from './measure.ts';
import type { Part } from './question-sets.ts';

/**
 * What must not get worse. `npm run eval` holds the part set aside against the aim (95 % right, 95 % refused, 2 % wrong
 * facts); these are the bounds that are reached, so that a change of the vocabulary or the examples cannot quietly cost answers.
 */
const BOUNDS: Record<Exclude<Part, 'fresh'>, { right: number; refused: number; wrongFacts: number }> = {
  tuning: { right: 0.95, refused: 0.98, wrongFacts: 0.015 },
  'held-out': { right: 0.95, refused: 0.95, wrongFacts: 0.02 },
  newcomer: { right: 0.94, refused: 0.95, wrongFacts: 0.035 },
};

describe.each(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[])('the %s part of the question set', (part) => {
  const bounds = BOUNDS[part];
  const measured = measure(part);

  test('has its answerable questions answered with the right fact', () => {
    expect(measured.right).toBeGreaterThanOrEqual(bounds.right);
  });

  test('has its other questions refused', () => {
    expect(measured.refused).toBeGreaterThanOrEqual(bounds.refused);
  });

  test('gets hardly any wrong facts', () => {
    expect(measured.wrongFacts).toBeLessThanOrEqual(bounds.wrongFacts);
  });
});
