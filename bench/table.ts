import { type Row, type Target, verdictOf } from './rows.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** The rows of a part as a table in Markdown: medians, in brackets the lowest and the highest of the rounds. */
export function tableOf(rows: readonly Row[]): string {
  const subjects = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const judged = rows.some(({ target }) => target);
  const head = ['', 'unit', ...subjects, ...(judged ? ['ratio', 'target', ''] : [])];
  const lines = rows.map((row) => {
    const cells = subjects.map((subject) => {
      const values = row.figures[subject];
      return values ? shown(spreadOf(values)) : '';
    });
    return [row.what, row.unit, ...cells, ...(judged ? judgement(row) : [])];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function judgement(row: Row): string[] {
  const verdict = verdictOf(row);
  if (!verdict || !row.target) return ['', '', ''];
  return [shown(verdict.ratio), targetText(row.target), verdict.met ? 'met' : '**missed**'];
}

const targetText = ({ atMost, atLeast }: Target) =>
  [atMost === undefined ? '' : `≤ ${atMost}`, atLeast === undefined ? '' : `≥ ${atLeast}`].join('');

const shown = ({ median, low, high }: Spread) =>
  low === high ? figure(median) : `${figure(median)} (${figure(low)}–${figure(high)})`;

/** Three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.min(digits, 3) });
}

/** "10,000" */
export const counted = (number: number): string => number.toLocaleString('en-US');
