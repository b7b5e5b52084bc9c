import { castCard } from '../src/answers/cast.ts';
import { loadData } from '../src/knowledge/load.ts';

/** Runs in a new process: prints as JSON how long the facts take to load, and the first answer. */
const began = performance.now();
const { facts, catalogue } = loadData('data');
const loaded = performance.now();
const view = { facts, snapshot: facts.asOf('2026-11-22'), language: catalogue.in('en-US'), spoilers: false };
castCard(view, 'ballerina');
const answered = performance.now();
process.stdout.write(`${JSON.stringify({ load: loaded - began, first: answered - loaded })}\n`);
