/** The English names of the months. */
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** The first letters by which each month is known, however it is shortened. */
export const MONTH_STARTS = MONTHS.map((month) => month.slice(0, 3));
