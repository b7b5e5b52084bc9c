/** The median of some values, and their range. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** Returns the quantile of a share from 0 to 1; NaN if there are no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Returns the median; NaN if there are no values. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Returns the median and the range of some values. */
export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/** Returns the ratio of each pair of values; a pair was measured in the same round. */
export function ratios(values: readonly number[], to: readonly number[]): number[] {
  return values.flatMap((value, at) => {
    const other = to[at];
    return other === undefined ? [] : [value / other];
  });
}
