import { type Measured, measure, PARTS } from '../test/questions/measure.ts';

// `npm run eval`: how well questions in plain words are answered and refused, for the part that the vocabulary was tuned on
// and the part set aside. With `--misses` it names the misses of the tuning part; those of the other are never shown, so
// that nobody tunes on them by accident.
const LEAST_RIGHT = 0.95;
const LEAST_REFUSED = 0.95;
const MOST_WRONG = 0.02;

const measured = PARTS.map(measure);
const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;
const row = (cells: readonly string[]) =>
  `${cells
    .map((cell) => cell.padEnd(14))
    .join('')
    .trimEnd()}\n`;

process.stdout.write(row(['part', 'questions', 'right', 'refused', 'wrong facts']));
for (const { part, questions, right, refused, wrongFacts } of measured) {
  process.stdout.write(row([part, String(questions), percent(right), percent(refused), percent(wrongFacts)]));
}

if (process.argv.includes('--misses')) {
  const tuning = measured.find(({ part }) => part === 'tuning');
  for (const { kind, question, got } of tuning?.outcomes ?? []) {
    if (kind === 'right' || kind === 'refused') continue;
    process.stdout.write(`${kind}: ${question}${got.length > 0 ? ` → ${got.join(', ')}` : ''}\n`);
  }
}

const fails = ({ right, refused, wrongFacts }: Measured) =>
  right < LEAST_RIGHT || refused < LEAST_REFUSED || wrongFacts > MOST_WRONG;
if (measured.some((one) => one.part === 'held-out' && fails(one))) {
  console.error(
    `The part set aside must reach ${percent(LEAST_RIGHT)} right, ${percent(LEAST_REFUSED)} refused and at most ${percent(MOST_WRONG)} wrong facts.`,
  );
  process.exitCode = 1;
}
