import { parseFacts } from '../src/facts/parse.ts';
import { parseCatalogue } from '../src/i18n/catalogue.ts';
import { readDataFiles, readMessageFiles } from '../src/knowledge/read-files.ts';
import { problemLine } from '../src/lib/data-file.ts';

// `npm run data:check`: every mistake in `data/`, one line each, with what to change.
const folder = process.env['CONCIERGE_DATA'] ?? 'data';
const facts = parseFacts(readDataFiles(folder));
const messages = parseCatalogue(readMessageFiles(folder));
const problems = [...(facts.ok ? [] : facts.problems), ...(messages.ok ? [] : messages.problems)];

for (const problem of problems) console.error(problemLine(problem));
if (facts.ok && messages.ok) {
  const claims = facts.data.slots.reduce((sum, { slot }) => sum + slot.claims.length, 0);
  process.stdout.write(
    `${facts.data.slots.length} slots, ${claims} claims, ${Object.keys(facts.data.sources).length} sources: no mistake found\n`,
  );
} else {
  console.error(`${problems.length} mistake(s) in ${folder}/`);
  process.exitCode = 1;
}
