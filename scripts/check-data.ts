import { readFileSync, writeFileSync } from 'node:fs';
import { LIMITS } from '../src/discord/message/limits.ts';
import { newestDay, WARNING_KINDS, type Warning, warningsOf } from '../src/facts/warnings.ts';
import { parseData, readData } from '../src/knowledge/load.ts';
import { problemLine } from '../src/lib/data-file.ts';

// `npm run data:check`: lists every mistake in `data/`, one line each, with what to change; then counts what to look at, by
// kind. It fails if a count is above scripts/data-warnings.json. `-- --warnings` lists all, `-- --update` writes the counts.
const BASELINE = 'scripts/data-warnings.json';
const folder = process.env['CONCIERGE_DATA'] ?? 'data';
const result = parseData(readData(folder), LIMITS);

if (result.ok) {
  const { slots, sources } = result.facts;
  const claims = slots.reduce((sum, { slot }) => sum + slot.claims.length, 0);
  process.stdout.write(
    `${slots.length} slots, ${claims} claims, ${Object.keys(sources).length} sources: no mistake found\n`,
  );
  if (folder === 'data') compare(warningsOf(result.facts, newestDay(result.facts)));
} else {
  for (const problem of result.problems) console.error(problemLine(problem));
  console.error(`${result.problems.length} mistake(s) in ${folder}/`);
  process.exitCode = 1;
}

/** Fails where there are more warnings of a kind than the baseline counts. */
function compare(warnings: readonly Warning[]): void {
  const count = Object.fromEntries(
    WARNING_KINDS.map((kind) => [kind, warnings.filter((warning) => warning.kind === kind).length]),
  );
  if (process.argv.includes('--update')) writeFileSync(BASELINE, `${JSON.stringify(count, null, 2)}\n`);
  const baseline: Record<string, number> = JSON.parse(readFileSync(BASELINE, 'utf8'));
  const grown = WARNING_KINDS.filter((kind) => (count[kind] ?? 0) > (baseline[kind] ?? 0));
  const named = process.argv.includes('--warnings') ? WARNING_KINDS : grown;
  for (const warning of warnings)
    if (named.includes(warning.kind)) console.error(`${warning.kind}: ${problemLine(warning)}`);
  process.stdout.write(
    `to look at: ${WARNING_KINDS.map((kind) => `${kind} ${count[kind]} of ${baseline[kind]}`).join(', ')}\n`,
  );
  if (grown.length === 0) return;
  console.error(`More to look at than before: ${grown.join(', ')}. Mend it, or count anew with -- --update`);
  process.exitCode = 1;
}
