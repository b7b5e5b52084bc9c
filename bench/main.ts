import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAnswers } from './answer.ts';
import { measureQuestions } from './ask.ts';
import { measureFacts } from './facts.ts';
import { measureFanOut } from './fan-out.ts';
import type { Harness, Part } from './harness.ts';
import { describeMachine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { installPeers } from './peers.ts';
import { type Row, verdictOf } from './rows.ts';
import { measureSandbox } from './sandbox.ts';
import { measureSchedule } from './schedule.ts';
import { measureStart } from './start.ts';
import { formatTable } from './table.ts';

/** `npm run bench`: prints a table for each part and writes it as JSON. `-- answer start` runs only these parts. */
const PARTS: Record<string, Part> = {
  answer: measureAnswers,
  start: measureStart,
  memory: measureMemory,
  'fan-out': measureFanOut,
  schedule: measureSchedule,
  facts: measureFacts,
  ask: measureQuestions,
  sandbox: measureSandbox,
};
const RESULTS_FOLDER = 'bench/results';

const say = (line: string) => process.stdout.write(`${line}\n`);

function parseArguments() {
  const { values, positionals } = parseArgs({
    options: { short: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !(name in PARTS));
  if (unknown.length === 0) return { short: values.short, names: positionals };
  console.error(`Unknown part: ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

async function main(): Promise<void> {
  const { short, names } = parseArguments();
  installPeers(say);
  mkdirSync(RESULTS_FOLDER, { recursive: true });
  const { load: _, ...described } = describeMachine();
  say(Object.values(described).join(' · '));
  const folder = mkdtempSync(join(tmpdir(), 'concierge-bench-'));
  const farOff: string[] = [];
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const rows = await runPart(name, part, { short, folder, say });
      farOff.push(...rows.filter((row) => verdictOf(row)?.farOff).map(({ what }) => `${name}: ${what}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`Written to ${RESULTS_FOLDER}/.`);
  if (farOff.length === 0) return;
  say(`Missed by a factor of more than two:\n${farOff.map((line) => `- ${line}`).join('\n')}`);
  process.exitCode = 1;
}

/** Measures a part, prints its table and writes its JSON. */
async function runPart(name: string, part: Part, harness: Harness): Promise<Row[]> {
  const before = describeMachine();
  const began = performance.now();
  const rows = await part(harness);
  const seconds = Math.round((performance.now() - began) / 1000);
  const load = { before: before.load, after: describeMachine().load };
  say(`\n### ${name} (${seconds} s, load ${load.before.toFixed(1)})\n\n${formatTable(rows)}\n`);
  const judged = rows.map((row) => ({ ...row, verdict: verdictOf(row) }));
  const result = { short: harness.short, seconds, machine: before, load, rows: judged };
  writeFileSync(`${RESULTS_FOLDER}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  return rows;
}

await main();
