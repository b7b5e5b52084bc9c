import { expect, test } from 'vitest';
import { added, botAt, posts, said } from './support.ts';

test('a countdown to an undated film announces the date once and then follows it', async () => {
  const sandbox = await botAt('2022-06-01T00:00:00Z');
  const answer = await added(sandbox, 'release:Ballerina channel:releases milestones:7,0');
  expect(answer).toContain('I’ll post once a date is announced');
  await sandbox.turn('2023-04-04T08:59:59Z');
  expect(await posts(sandbox)).toEqual([]);
  await sandbox.turn('2023-12-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(/^2023-04-04T09:00Z .*has a release date.*June 7, 2024.*430 days/s),
  ]);
  await sandbox.turn('2025-12-31T00:00:00Z');
  expect((await posts(sandbox)).slice(1)).toEqual([
    expect.stringMatching(/^2024-02-22T09:00Z .*moved.*June 7, 2024.*June 6, 2025/s),
    expect.stringMatching(/^2025-05-30T09:00Z .*7 days/s),
    expect.stringMatching(/^2025-06-06T09:00Z .*is out/s),
  ]);
  expect(await said(sandbox, '/countdown list')).toContain('Finished');
});

test('a countdown to a release with only a month posts nothing', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/premiere/taormina channel:releases');
  expect(await said(sandbox, '/countdown list')).toContain('I’ll post once a date is announced');
  await sandbox.turn('2025-06-09T00:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
});
