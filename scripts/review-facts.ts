import { LIMITS } from '../src/discord/message/limits.ts';
import { utcDay } from '../src/facts/dates.ts';
import { reviewOf } from '../src/facts/review.ts';
import { parseData, readData } from '../src/knowledge/load.ts';
import { problemLine } from '../src/lib/data-file.ts';

// `npm run facts:review`: lists what to look at next, worst first: planned days gone by, what has not been confirmed for 90
// days, claims of one source that answers lead with, days that stand for a month. `-- --all` lists everything.
const MAX_SHOWN = 40;
const result = parseData(readData(process.env['CONCIERGE_DATA'] ?? 'data'), LIMITS);

if (result.ok) {
  const items = reviewOf(result.facts, utcDay(Temporal.Now.instant()));
  const shown = process.argv.includes('--all') ? items : items.slice(0, MAX_SHOWN);
  for (const { kind, slot, why } of shown) process.stdout.write(`${kind.padEnd(12)} ${slot}: ${why}\n`);
  if (shown.length < items.length) process.stdout.write(`… and ${items.length - shown.length} more\n`);
} else {
  for (const problem of result.problems) console.error(problemLine(problem));
  process.exitCode = 1;
}
