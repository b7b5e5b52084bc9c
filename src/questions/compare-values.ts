import type { PartialDay } from '../facts/dates.ts';
import type { Truth } from './judgement.ts';
import type { Comparison, NamedAmount, NamedDate } from './named-values.ts';

/** Compares a date that was named with one of the facts; undefined where the fact does not know as much as was named. */
export function compareDate(named: NamedDate, date: PartialDay): Truth | undefined {
  const [year, month, day] = date.split('-').map(Number);
  const pairs: [number | undefined, number | undefined][] = [
    [named.year, year],
    [named.month, month],
    [named.day, day],
  ];
  const asked = pairs.filter(([one]) => one !== undefined);
  if (asked.some(([one, other]) => other !== undefined && one !== other)) return 'no';
  return asked.every(([, other]) => other !== undefined) ? 'yes' : undefined;
}

/** So far from an amount, one that was named is another; nearer, it may be the same in round figures. */
const OTHER = 0.1;

/** Compares an amount of the facts with one that was named; undefined where it is too close to say. */
export function compareAmount(
  actual: number,
  { amount, comparison }: Pick<NamedAmount, 'amount' | 'comparison'>,
): Truth | undefined {
  return comparers[comparison](actual, amount);
}

const sure = (is: boolean): Truth => (is ? 'yes' : 'no');

const comparers: Readonly<Record<Comparison, (actual: number, named: number) => Truth | undefined>> = {
  more: (actual, named) => sure(actual > named),
  less: (actual, named) => sure(actual < named),
  'at-least': (actual, named) => sure(actual >= named),
  about: (actual, named) => sure(Math.abs(actual - named) <= OTHER * named),
  equal: (actual, named) => {
    if (actual === named) return 'yes';
    return Math.abs(actual - named) > OTHER * Math.max(actual, named) ? 'no' : undefined;
  },
};
