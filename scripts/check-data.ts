import { LIMITS } from '../src/discord/message/limits.ts';
import { parseData, readData } from '../src/knowledge/load.ts';
import { problemLine } from '../src/lib/data-file.ts';

// `npm run data:check`: lists every mistake in `data/`, one line each, with what to change.
const folder = process.env['CONCIERGE_DATA'] ?? 'data';
const result = parseData(readData(folder), LIMITS);

if (result.ok) {
  const { slots, sources } = result.facts;
  const claims = slots.reduce((sum, { slot }) => sum + slot.claims.length, 0);
  process.stdout.write(
    `${slots.length} slots, ${claims} claims, ${Object.keys(sources).length} sources: no mistake found\n`,
  );
} else {
  for (const problem of result.problems) console.error(problemLine(problem));
  console.error(`${result.problems.length} mistake(s) in ${folder}/`);
  process.exitCode = 1;
}
