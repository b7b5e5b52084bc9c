import { mkdirSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { askCard } from '../src/ask/cards.ts';
import { prepareAsking } from '../src/ask/ways.ts';
import { loadData } from '../src/data.ts';
import { answerables, refusables } from '../test/ask/measure.ts';

// `npm run bench`: the time of one question, from the typed words to the finished card, over all questions of the set.
const RESULT = 'bench/results/ask.json';
const ROUNDS = 5;

const started = performance.now();
const { facts, catalogue } = loadData('data');
const view = { facts, world: facts.asOf('2026-11-22'), language: catalogue.in('en-US'), spoilers: true };
const loaded = performance.now();
let longest = 0;
let last = loaded;
await prepareAsking(facts, view.world, async () => {
  longest = Math.max(longest, performance.now() - last);
  last = performance.now();
});
const prepared = performance.now();
longest = Math.max(longest, prepared - last);
askCard(view, 'who plays Eve?', 'who plays Eve?');
const first = performance.now() - prepared;

const questions = [...answerables, ...refusables].map(({ question }) => question);
const times: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const question of questions) {
    const before = performance.now();
    askCard(view, question, question);
    times.push(performance.now() - before);
  }
}
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

const result = {
  questions: questions.length,
  rounds: ROUNDS,
  loadMs: loaded - started,
  preparedMs: prepared - loaded,
  longestSliceMs: longest,
  firstMs: first,
  medianMs: at(0.5),
  p99Ms: at(0.99),
  maxMs: at(1),
};
mkdirSync('bench/results', { recursive: true });
writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
for (const [name, value] of Object.entries(result)) {
  process.stdout.write(`${name.padEnd(12)}${name.endsWith('Ms') ? `${value.toFixed(2)} ms` : value}\n`);
}
process.stdout.write(`written to ${RESULT}\n`);
