/** The middle of some values, and how far they lie apart. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** The value below which a share (0 to 1) of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/** How many times as large each value is as the other of its pair: the two were measured one right after the other. */
export function ratios(values: readonly number[], to: readonly number[]): number[] {
  return values.flatMap((value, at) => {
    const other = to[at];
    return other === undefined ? [] : [value / other];
  });
}
