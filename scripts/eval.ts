import { type Measured, measure, PARTS } from '../test/questions/measure.ts';

// `npm run eval`: measures how well questions in plain words are answered and refused, for the development set and for the
// held-out set. `--misses` lists the failures in the development set. Those of the held-out set are never shown, so that
// nobody tunes on them by accident.
const MIN_RIGHT = 0.95;
const MIN_REFUSED = 0.95;
const MAX_WRONG_FACTS = 0.02;

const results = PARTS.map(measure);
const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;
const formatRow = (cells: readonly string[]) =>
  `${cells
    .map((cell) => cell.padEnd(14))
    .join('')
    .trimEnd()}\n`;

process.stdout.write(formatRow(['part', 'questions', 'right', 'refused', 'wrong facts']));
for (const { part, questions, right, refused, wrongFacts } of results) {
  process.stdout.write(
    formatRow([part, String(questions), percent(right), percent(refused), percent(wrongFacts)]),
  );
}

if (process.argv.includes('--misses')) {
  const development = results.find(({ part }) => part === 'tuning');
  for (const { kind, question, got } of development?.outcomes ?? []) {
    if (kind === 'right' || kind === 'refused') continue;
    process.stdout.write(`${kind}: ${question}${got.length > 0 ? ` → ${got.join(', ')}` : ''}\n`);
  }
}

const isBelowTarget = ({ right, refused, wrongFacts }: Measured) =>
  right < MIN_RIGHT || refused < MIN_REFUSED || wrongFacts > MAX_WRONG_FACTS;
if (results.some((result) => result.part === 'held-out' && isBelowTarget(result))) {
  console.error(
    `The held-out set must reach ${percent(MIN_RIGHT)} right, ${percent(MIN_REFUSED)} refused and at most ${percent(MAX_WRONG_FACTS)} wrong facts.`,
  );
  process.exitCode = 1;
}
