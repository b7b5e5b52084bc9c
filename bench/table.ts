import { type Row, type Target, verdictOf } from './rows.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** Returns rows as a Markdown table: the median of the rounds, and in brackets the lowest and the highest. */
export function formatTable(rows: readonly Row[]): string {
  const subjects = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const hasTarget = rows.some(({ target }) => target);
  const head = ['', 'unit', ...subjects, ...(hasTarget ? ['ratio', 'target', ''] : [])];
  const lines = rows.map((row) => {
    const cells = subjects.map((subject) => {
      const values = row.figures[subject];
      return values ? formatSpread(spreadOf(values)) : '';
    });
    return [row.what, row.unit, ...cells, ...(hasTarget ? verdictCells(row) : [])];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function verdictCells(row: Row): string[] {
  const verdict = verdictOf(row);
  if (!verdict || !row.target) return ['', '', ''];
  return [formatSpread(verdict.ratio), formatTarget(row.target), verdict.met ? 'met' : '**missed**'];
}

const formatTarget = ({ atMost, atLeast }: Target) =>
  [atMost === undefined ? '' : `≤ ${atMost}`, atLeast === undefined ? '' : `≥ ${atLeast}`].join('');

const formatSpread = ({ median, low, high }: Spread) =>
  low === high
    ? formatNumber(median)
    : `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`;

/** Returns a number with three significant digits. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.min(digits, 3) });
}

/** Returns a count with separators: "10,000". */
export const formatCount = (number: number): string => number.toLocaleString('en-US');
