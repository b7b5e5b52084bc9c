import { expect, test } from 'vitest';
import { added, botAt, said, storedRows, temporaryFolder } from './support.ts';

const day = (index: number) => `2025-01-${String(index + 2).padStart(2, '0')}`;
const own = (index: number) => `title:"Party ${index}" date:${day(index)} channel:releases milestones:0`;

test('finished countdowns to own dates do not count towards the limit of 25', async () => {
  const sandbox = await botAt('2025-01-01T00:00:00Z');
  for (let index = 0; index < 25; index += 1) await added(sandbox, own(index));
  expect(await said(sandbox, `/countdown add ${own(25)}`)).toContain('25 countdowns, the maximum');
  await sandbox.turn('2025-01-03T12:00:00Z');
  expect(await said(sandbox, '/countdown list')).toContain('(23 of 25)');
  await added(sandbox, own(25));
  await added(sandbox, own(26));
  expect(await said(sandbox, `/countdown add ${own(27)}`)).toContain('25 countdowns, the maximum');
});

test('a finished countdown to an own date is deleted after thirty days, even if paused', async () => {
  const stateFolder = temporaryFolder();
  const sandbox = await botAt('2025-01-01T00:00:00Z', { state: stateFolder });
  await added(sandbox, own(0));
  await added(sandbox, own(1));
  await said(sandbox, '/countdown pause countdown:"Party 1"');
  await sandbox.turn('2025-01-31T12:00:00Z');
  expect(await said(sandbox, '/countdown list')).toContain('Party 0');
  await sandbox.turn('2025-02-03T12:00:00Z');
  expect(await said(sandbox, '/countdown list')).not.toContain('Party');
  await sandbox.stop();
  expect(storedRows(stateFolder).filter((row) => row.includes('Party'))).toEqual([]);
});

test('a finished reminder does not count towards the limit and is deleted after thirty days', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  const scene = { user: 'john' };
  await said(sandbox, '/remind me release:ballerina/release/theatrical/us', scene);
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect(await said(sandbox, '/remind list', scene)).toContain('(0 of 10)');
  await sandbox.turn('2025-07-07T00:00:00Z');
  expect(await said(sandbox, '/remind list', scene)).not.toContain('Ballerina');
});

test.each([
  ['a day that has passed', 'title:Party date:2025-01-01 time:09:00 milestones:0'],
  ['a day whose milestones have all passed', 'title:Party date:2025-01-05 milestones:30,7'],
])('/countdown add for %s is refused because nothing would be posted', async (_, options) => {
  const sandbox = await botAt('2025-01-01T12:00:00Z');
  const answer = await said(sandbox, `/countdown add ${options} channel:releases`);
  expect(answer).toContain('nothing would be posted');
  expect(await said(sandbox, '/countdown list')).not.toContain('Party');
});

test.each(['\u3164', '\u2800\u2800', '\u115f\u1160', '\uffa0 \u034f'])(
  '/countdown add refuses a title without visible characters: %j',
  async (title) => {
    const sandbox = await botAt('2025-01-01T12:00:00Z');
    const answer = await said(sandbox, `/countdown add title:${title} date:2025-02-01 channel:releases`);
    expect(answer).toMatch(/doesn’t work for `title`|needs text|needs both/);
    expect(await said(sandbox, '/countdown list')).not.toContain('2025');
  },
);
