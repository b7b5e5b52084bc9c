import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEFECTS } from './defects.ts';

/**
 * `npm run sim`: the half of the bot that delivers, in a Discord in memory, in virtual time, from a seed that replays. Exits with 1 if a
 * promise is broken, after it has looked for a smaller run that breaks it too.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    days: { type: 'string' },
    countdowns: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    defect: { type: 'string' },
    trace: { type: 'boolean', default: false },
    nightly: { type: 'boolean', default: false },
  },
});

/** Puts a deliberate fault into the sources, before any of them is loaded. */
function breakSources(name: string): void {
  const defect = DEFECTS[name];
  if (!defect)
    throw new Error(`There is no defect "${name}". There are: ${Object.keys(DEFECTS).join(', ')}.`);
  const { file, from, to } = defect;
  if (!readFileSync(file, 'utf8').includes(from)) throw new Error(`${file} no longer has: ${from}`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const isBroken = url.startsWith('file:') && fileURLToPath(url).endsWith(`/${file}`);
      return isBroken ? { ...loaded, source: String(loaded.source).replace(from, to) } : loaded;
    },
  });
}

if (values.defect !== undefined) breakSources(values.defect);
const { runSeeds } = await import('./seeds.ts');
const isOne = values.seed !== undefined && values.seeds === undefined;
const count = Number(values.seeds ?? (isOne ? 1 : values.nightly ? 100_000 : 200));
const isFound = await runSeeds({
  first: Number(values.seed ?? 1),
  count,
  days: Number(values.days ?? (isOne ? 3_650 : 30)),
  countdowns: Number(values.countdowns ?? (isOne ? 200 : 10)),
  without: values.without,
  defect: values.defect,
  showsTrace: values.trace,
  say: (line) => void process.stdout.write(`${line}\n`),
});
// Timers of the library that a crash has left behind must not hold up the end.
process.exit(isFound ? 1 : 0);
