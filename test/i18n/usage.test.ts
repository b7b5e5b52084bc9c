import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every message of the catalogue is used in the code', () => {
  const keys = Object.keys(JSON.parse(readFileSync('data/messages/en.json', 'utf8')));
  const code = globSync('{src,commands}/**/*.ts')
    .filter((file) => !file.endsWith('.generated.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  // A key that the code composes is used if its beginning is.
  const beginnings = [...code.matchAll(/`([a-z][\w.-]*\.)\$\{/g)].map(([, beginning = '']) => beginning);
  const unused = keys.filter(
    (key) => !code.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
  );
  expect(unused).toEqual([]);
});
