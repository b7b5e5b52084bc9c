import { ratios, type Spread, spreadOf } from './statistics.ts';

/** One measurement: the values of all rounds for each subject, in the order of the rounds. */
export interface Row {
  what: string;
  unit: string;
  figures: Record<string, readonly number[]>;
  /** The target for the ratio of two subjects, compared round by round. */
  target?: Target;
}

/** Bounds for the ratio of one subject to another. */
export interface Target {
  of: string;
  to: string;
  atMost?: number;
  atLeast?: number;
}

/** The result of comparing a row with its target. */
export interface Verdict {
  ratio: Spread;
  met: boolean;
  /** Whether the target is missed by a factor of two, which a noisy machine does not explain. */
  farOff: boolean;
}

/** Compares the median ratio of a row with its target; returns undefined if there is no target. */
export function verdictOf({ figures, target }: Row): Verdict | undefined {
  if (!target) return undefined;
  const { of, to, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = target;
  const ratio = spreadOf(ratios(figures[of] ?? [], figures[to] ?? []));
  return {
    ratio,
    met: ratio.median <= atMost && ratio.median >= atLeast,
    farOff: !(ratio.median <= atMost * 2 && ratio.median >= atLeast / 2),
  };
}
