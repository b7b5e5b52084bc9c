import { expect, test } from 'vitest';
import { added, botAt, posts } from './support.ts';

test('an anniversary countdown posts every year and counts the years', async () => {
  const sandbox = await botAt('2026-05-01T00:00:00Z');
  await added(
    sandbox,
    'release:anniversary:ballerina/release/theatrical/us channel:releases timezone:America/New_York milestones:1,0',
  );
  await sandbox.turn('2029-01-01T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(/^2026-06-05T13:00Z .*1 day.*1st anniversary.*June 6, 2026/s),
    expect.stringMatching(/^2026-06-06T13:00Z .*1 year ago today.*June 6, 2025/s),
    expect.stringMatching(/^2027-06-05T13:00Z .*1 day.*2nd anniversary.*June 6, 2027/s),
    expect.stringMatching(/^2027-06-06T13:00Z .*2 years ago today.*June 6, 2025/s),
    expect.stringMatching(/^2028-06-05T13:00Z .*1 day.*3rd anniversary.*June 6, 2028/s),
    expect.stringMatching(/^2028-06-06T13:00Z .*3 years ago today.*June 6, 2025/s),
  ]);
});

test('an anniversary countdown keeps its local time when the clocks change', async () => {
  const sandbox = await botAt('2024-01-01T00:00:00Z');
  await added(
    sandbox,
    'release:anniversary:chapter-4/release/theatrical/us channel:releases timezone:America/New_York milestones:30,0',
  );
  await sandbox.turn('2024-04-01T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(/^2024-02-23T14:00Z /),
    expect.stringMatching(/^2024-03-24T13:00Z /),
  ]);
});
