import { accessSync, constants, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { permissions?: unknown; steps: { uses?: string; run?: string }[] }>;
}

const text = readFileSync('.github/workflows/ci.yml', 'utf8');
const { on, permissions, jobs } = parse(text) as Workflow;
const steps = Object.values(jobs).flatMap((job) => job.steps);

test('the public CI runs what everyone can run', () => {
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['.ci/run']);
  expect(() => accessSync('.ci/run', constants.X_OK)).not.toThrow();
});

test('the public CI may read the repository and nothing else, and knows no secret', () => {
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.values(jobs).map((job) => job.permissions)).toEqual([undefined]);
  expect(Object.keys(on)).toEqual(['push', 'pull_request']);
  expect(text).not.toContain('secrets.');
});

test('the public CI names every action by the hash of a commit', () => {
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions).toHaveLength(2);
  for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
});
