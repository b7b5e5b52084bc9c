import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/verification.md', 'utf8');
const links = [...page.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)#]+)\)/g)].map(([, name = '', file = '']) => ({
  name,
  file,
}));
/** Answers that no test can hold, by a word of their question. */
const WITHOUT_TEST = ['shared or sold', 'encrypted at rest', 'vulnerabilities reported'];

test('every test that the answers to Discord’s review name exists, by its name', () => {
  expect(links.length).toBeGreaterThan(20);
  const missing = links.filter(({ name, file }) => {
    if (!existsSync(file)) return true;
    const names = [...readFileSync(file, 'utf8').matchAll(/\btest\b[^'"`]*?\(\s*(['"`])(.*?)\1,/g)];
    return !names.some(([, , said]) => said === name) && !isNameOfEach(file, name);
  });
  expect(missing).toEqual([]);
});

test('every answer names a test, except where none can hold it', () => {
  const answers = page.split(/^\*\*(?=[^*]+\?\*\*)/m).slice(1);
  expect(answers.length).toBeGreaterThan(15);
  const without = answers.filter((answer) => !answer.includes('](../test/'));
  expect(without).toHaveLength(WITHOUT_TEST.length);
  for (const [at, words] of WITHOUT_TEST.entries()) expect(without[at]).toContain(words);
});

/** Whether a `test.each` table of the file ends with this name. */
function isNameOfEach(file: string, name: string): boolean {
  return readFileSync(file, 'utf8').includes(`)('${name}',`);
}
