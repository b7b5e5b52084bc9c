import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NODE_BOTS } from '../clients/bots.ts';
import { STEPS } from '../clients/steps.ts';
import { formatTable } from '../clients/table.ts';

test('the table of other libraries names those that `npm run sandbox:clients` runs, and what it checks', () => {
  const page = readFileSync('docs/sandbox.md', 'utf8');
  const noFailures = new Map<string, string>();
  const results = NODE_BOTS.map(({ name }) => ({ name, failures: noFailures, lacking: [] }));
  // discord.py's version is that of the machine's Debian.
  expect(page).toContain(`${formatTable(results)}\n| discord.py `);
  const explained = [...page.matchAll(/^\| `([\w-]+)` \| /gm)].map(([, name]) => name);
  expect(explained).toEqual(expect.arrayContaining([...STEPS.keys()]));
});
