import { loadData } from '../src/knowledge/load.ts';
import { type Answer, allQuestions, readAnswer, replyTo } from './answer-text.ts';

/** Prints every answer from the facts as a reader sees it, with its length: as of today, and as of the founding article. */

const knowledge = loadData('data');
const days = [Temporal.Now.plainDateISO('UTC').toString(), '2024-01-20'];
const write = (text: string) => process.stdout.write(`${text}\n`);
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const titleOf = ({ path, options }: Answer) =>
  [`/${path.replace('/', ' ')}`, ...Object.entries(options).map(([name, value]) => `${name}:${value}`)].join(
    ' ',
  );

for (const day of days) {
  const answers: Answer[] = [];
  for (const question of allQuestions(knowledge, day)) {
    answers.push(readAnswer(question, await replyTo(knowledge, question, day)));
  }
  write(`# As of ${day}\n`);
  for (const answer of answers) {
    write(
      `## ${titleOf(answer)} (${answer.characters} characters, ${answer.lines} lines)\n\n${answer.text}\n`,
    );
  }
  const plain = answers.filter(({ options }) => Object.keys(options).length === 0);
  const of = (list: readonly Answer[]) =>
    `${list.length}, median ${median(list.map(({ characters }) => characters))}`;
  write(`Answers: ${of(answers)} characters; of the subcommands alone: ${of(plain)} characters.\n`);
}
