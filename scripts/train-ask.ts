import { writeFileSync } from 'node:fs';
import { LIMITS } from '../src/discord/message/limits.ts';
import { createFacts } from '../src/facts/snapshot.ts';
import { parseData, readData } from '../src/knowledge/load.ts';
import { learnAskModel } from '../src/questions/learning/learn-ask-model.ts';
import { emptyOtherTitles } from '../src/questions/other-titles.ts';
import { createQuestionIndexes } from '../src/questions/question-index.ts';
import { digestOf } from './ask-digest.ts';

// `npm run ask:train`: learns `data/ask-model.json` from the wordings. The same data always gives the same file.

const FILE = 'data/ask-model.json';
const SCHEMA = './schema/ask-model.schema.json';

const files = readData('data');
const parsed = parseData(files, LIMITS);
if (!parsed.ok) {
  for (const { file, path, message } of parsed.problems) console.error(`${file}: ${path}: ${message}`);
  process.exit(1);
}
const { questions } = parsed;
const facts = createFacts(parsed.facts);
const indexOf = (otherTitles: typeof questions.otherTitles) =>
  createQuestionIndexes({ ...questions, facts, otherTitles }).latest();
const learned = learnAskModel({
  ...questions,
  facts,
  index: indexOf(questions.otherTitles),
  parserWithoutOthers: indexOf(emptyOtherTitles()).parserContext,
});
const text = `${JSON.stringify({ $schema: SCHEMA, ...learned, digest: digestOf(parsed) }, null, 1)}\n`;
writeFileSync(FILE, text);
process.stdout.write(
  `${FILE}: ${learned.intents.length} intents, ${learned.features.length} features, ${(text.length / 2 ** 20).toFixed(1)} MB\n`,
);
