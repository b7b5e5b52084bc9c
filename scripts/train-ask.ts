import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { LIMITS } from '../src/discord/message/limits.ts';
import { createFacts } from '../src/facts/snapshot.ts';
import { parseData, readData } from '../src/knowledge/load.ts';
import { createQuestionIndexes } from '../src/questions/question-index.ts';
import { learnAskModel } from '../src/questions/learn-ask-model.ts';

const FILE = 'data/ask-model.json';
const result = parseData(readData('data'), LIMITS);
if (!result.ok) throw new Error(JSON.stringify(result.problems));
const facts = createFacts(result.facts);
const { parserContext, profiles } = createQuestionIndexes({ facts, ...result.questions }).latest();
const t = Date.now();
const model = { digest: "", ...learnAskModel({ ...result.questions, parserContext, profiles }) };
const text = JSON.stringify(model, null, 0).replaceAll('","', '",\n"');
writeFileSync(FILE, `${text}\n`);
process.stdout.write(`${model.intents.length} intents, ${Object.keys(model.features).length} features, ${text.length} bytes, ${Date.now() - t} ms\n`);
