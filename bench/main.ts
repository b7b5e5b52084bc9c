import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answer } from './answer.ts';
import { ask } from './ask.ts';
import { facts } from './facts.ts';
import { fanOut } from './fan-out.ts';
import type { Harness, Part } from './harness.ts';
import { machine } from './machine.ts';
import { memory } from './memory.ts';
import { installPeers } from './peers.ts';
import { type Row, verdictOf } from './rows.ts';
import { schedule } from './schedule.ts';
import { start } from './start.ts';
import { tableOf } from './table.ts';

/** `npm run bench`: measures, prints a table for each part and writes it as JSON. Parts may be named: `-- answer start`. */
const PARTS: Record<string, Part> = { answer, start, memory, 'fan-out': fanOut, schedule, facts, ask };
const RESULTS = 'bench/results';

const say = (line: string) => process.stdout.write(`${line}\n`);

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { short: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !(name in PARTS));
  if (unknown.length === 0) return { short: values.short, names: positionals };
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

async function main(): Promise<void> {
  const { short, names } = readArguments();
  installPeers(say);
  mkdirSync(RESULTS, { recursive: true });
  const { load: _, ...described } = machine();
  say(Object.values(described).join(' · '));
  const folder = mkdtempSync(join(tmpdir(), 'concierge-bench-'));
  const farOff: string[] = [];
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const rows = await measured(name, part, { short, folder, say });
      farOff.push(...rows.filter((row) => verdictOf(row)?.farOff).map(({ what }) => `${name}: ${what}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`Written to ${RESULTS}/.`);
  if (farOff.length === 0) return;
  say(`More than twice off the target:\n${farOff.map((line) => `- ${line}`).join('\n')}`);
  process.exitCode = 1;
}

/** Measures a part, says what came of it and writes it down. */
async function measured(name: string, part: Part, harness: Harness): Promise<Row[]> {
  const before = machine();
  const began = performance.now();
  const rows = await part(harness);
  const seconds = Math.round((performance.now() - began) / 1000);
  const load = { before: before.load, after: machine().load };
  say(`\n### ${name} (${seconds} s, load ${load.before.toFixed(1)})\n\n${tableOf(rows)}\n`);
  const judged = rows.map((row) => ({ ...row, verdict: verdictOf(row) }));
  const result = { short: harness.short, seconds, machine: before, load, rows: judged };
  writeFileSync(`${RESULTS}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  return rows;
}

await main();
