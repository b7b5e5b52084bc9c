import { ratios, type Spread, spreadOf } from './statistics.ts';

/** One thing that was measured: for each subject the values of the rounds, in the order of the rounds. */
export interface Row {
  what: string;
  unit: string;
  figures: Record<string, readonly number[]>;
  /** What is asked of two subjects, pair by pair. */
  target?: Target;
}

export interface Target {
  of: string;
  to: string;
  atMost?: number;
  atLeast?: number;
}

/** How a row stands to its target. */
export interface Verdict {
  ratio: Spread;
  met: boolean;
  /** Twice off: what even a noisy machine does not explain. */
  farOff: boolean;
}

/** The ratio that a row's target speaks of, judged by the median of the rounds; undefined where there is no target. */
export function verdictOf({ figures, target }: Row): Verdict | undefined {
  if (!target) return undefined;
  const { of, to, atMost = Number.POSITIVE_INFINITY, atLeast = 0 } = target;
  const ratio = spreadOf(ratios(figures[of] ?? [], figures[to] ?? []));
  return {
    ratio,
    met: ratio.median <= atMost && ratio.median >= atLeast,
    farOff: !(ratio.median <= atMost * 2 && ratio.median >= atLeast / 2),
  };
}
