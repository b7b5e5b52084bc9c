import type { Day } from '../facts/dates.ts';

/** An anniversary of a day: when it is, and of how many years. */
export interface Anniversary {
  day: Day;
  years: number;
}

/** Returns the first anniversary on or after a day. February 29 is celebrated on the 28th. */
export function nextAnniversary(first: Day, from: Day): Anniversary {
  const start = Temporal.PlainDate.from(first);
  const years = Math.max(1, Temporal.PlainDate.from(from).year - start.year);
  const [day = first, count = years] =
    [years, years + 1]
      .map((age) => [start.add({ years: age }).toString(), age] as const)
      .find(([on]) => on >= from) ?? [];
  return { day, years: count };
}
