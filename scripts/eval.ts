import {
  measure,
  measureFalsePremise,
  measureOtherFilms,
  measureOwnWords,
  measureTimeShifted,
  measureTwoDays,
  type Rates,
} from '../test/questions/measure.ts';

// `npm run eval`: measures how well questions in plain words are answered and refused. `--misses` lists the failures in the
// development set. Those of all other sets are never shown, so that nobody tunes on them by accident. `--strict` also fails
// where a newer set is below its target.

/** What a set must reach. */
interface Target {
  right?: number;
  refused?: number;
  wrongFacts?: number;
}

interface Row extends Rates {
  set: string;
  target?: Target;
  /** Fails only with `--strict`. */
  isNew?: true;
}

const HELD_OUT: Target = { right: 0.95, refused: 0.95, wrongFacts: 0.02 };
const FRESH: Target = { right: 0.96, refused: 0.98, wrongFacts: 0.015 };

const tuning = measure('tuning');
const rows: Row[] = [
  { set: 'tuning', ...tuning },
  { set: 'held-out', ...measure('held-out'), target: HELD_OUT },
  { set: 'newcomer', ...measure('newcomer') },
  { set: 'fresh', ...measure('fresh'), target: FRESH, isNew: true },
  { set: 'own-words', ...measureOwnWords(), target: { refused: 0.9 }, isNew: true },
  { set: 'other-films', ...measureOtherFilms(), target: { refused: 0.98 }, isNew: true },
  { set: 'time-shifted', ...measureTimeShifted() },
  { set: 'false-premise', ...measureFalsePremise() },
  { set: 'two-days', ...measureTwoDays() },
];

const HOW_COUNTED = `
right: of the answerable questions, those whose answer presents a fact asked for; a list must hold two of them.
refused: of the questions that have no answer here, those that are answered with no fact. A refusal is never right.
wrong facts: of all questions, those answered with a fact that nobody asked for.
fresh: like newcomer, written later; none of its questions is among the examples.
own-words: other subjects in the franchise’s own words. All must be refused.
other-films: plain questions about films and series that neither the franchise nor data/other-titles.json has. All must
be refused.
time-shifted: the answer must name the time asked about, and tell first what was known then.
false-premise: the answer must begin with “Yes”, “No” or “Not as far as known”, whichever is true, from a fact asked for.
two-days: the same question as of two days; right only if both answers tell first what was known that day.
The last three are read in the short answer and the two lines below it; the line that repeats the question does not count.
`;

const percent = (rate: number | undefined) => (rate === undefined ? '–' : `${(rate * 100).toFixed(1)} %`);
const formatRow = (cells: readonly string[]) =>
  `${cells
    .map((cell) => cell.padEnd(14))
    .join('')
    .trimEnd()}\n`;

const describeTarget = ({ right, refused, wrongFacts }: Target) =>
  [
    right && `right ≥ ${percent(right)}`,
    refused && `refused ≥ ${percent(refused)}`,
    wrongFacts && `wrong facts ≤ ${percent(wrongFacts)}`,
  ]
    .filter(Boolean)
    .join(', ');

process.stdout.write(formatRow(['set', 'questions', 'right', 'refused', 'wrong facts', 'target']));
for (const { set, questions, right, refused, wrongFacts, target } of rows) {
  process.stdout.write(
    formatRow([
      set,
      String(questions),
      percent(right),
      percent(refused),
      percent(wrongFacts),
      target ? describeTarget(target) : '',
    ]),
  );
}
process.stdout.write(HOW_COUNTED);

if (process.argv.includes('--misses')) {
  for (const { kind, question, got } of tuning.outcomes) {
    if (kind === 'right' || kind === 'refused') continue;
    process.stdout.write(`${kind}: ${question}${got.length > 0 ? ` → ${got.join(', ')}` : ''}\n`);
  }
}

const isBelowTarget = ({ right = 1, refused = 1, wrongFacts, target = {} }: Row) =>
  right < (target.right ?? 0) || refused < (target.refused ?? 0) || wrongFacts > (target.wrongFacts ?? 1);
const isStrict = process.argv.includes('--strict');
for (const row of rows) {
  if (!row.target || !isBelowTarget(row) || (row.isNew && !isStrict)) continue;
  console.error(`The ${row.set} set must reach: ${describeTarget(row.target)}.`);
  process.exitCode = 1;
}
