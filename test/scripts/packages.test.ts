import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAccepted, packagesOf, packagesPage } from '../../scripts/packages-page.ts';

const packages = packagesOf(readFileSync('package-lock.json', 'utf8'));

test('the list of packages is up to date', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(readFileSync('docs/packages.md', 'utf8')).toBe(packagesPage(packages));
});

test('the bot runs with packages of accepted licences alone', () => {
  const refused = packages.filter(({ dev, licence }) => !dev && !isAccepted(licence));
  expect(refused).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0 OR MIT', true],
  ['GPL-3.0', false],
  ['MIT AND GPL-3.0', false],
  ['', false],
])('the licence "%s" is accepted: %s', (licence, expected) => {
  expect(isAccepted(licence)).toBe(expected);
});
