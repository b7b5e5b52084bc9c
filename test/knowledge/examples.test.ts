import { expect, test } from 'vitest';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { parseData, readData } from '../../src/knowledge/load.ts';

/** The real data, in which one example asks for a slot that is not there. */
function dataWithMistake() {
  const files = readData('data');
  const questions = files.questions.map(({ file, text }) => {
    if (!file.endsWith('wordings.json')) return { file, text };
    const wordings = JSON.parse(text);
    wordings.answered[0].asks = ['ballerina/nowhere'];
    return { file, text: JSON.stringify(wordings) };
  });
  return { ...files, questions };
}

test('a mistake in the examples is reported by a check of all data', () => {
  const result = parseData(dataWithMistake(), LIMITS);
  expect(result).toMatchObject({ ok: false, problems: [{ file: 'data/wordings.json' }] });
});

test('a mistake in the examples keeps nobody from an answer: the bot reads none of them', () => {
  const result = parseData(dataWithMistake(), LIMITS, 'answers');
  expect(result).toMatchObject({ ok: true, questions: { examples: { answered: [], refused: [] } } });
});
