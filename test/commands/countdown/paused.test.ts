import { expect, test } from 'vitest';
import { added, botAt, posts, said, temporaryFolder, times } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';

test('a paused countdown posts nothing and skips missed posts when resumed', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  expect(await said(sandbox, '/countdown pause countdown:Ballerina')).toContain('Paused **1\\. Ballerina');
  for (const command of ['list', 'status'])
    expect(await said(sandbox, `/countdown ${command}`)).toContain('Paused since');
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect(await times(sandbox)).toEqual([]);
  const resumed = await said(sandbox, '/countdown resume countdown:Ballerina');
  expect(resumed).toContain('2 posts were skipped while it was paused');
  expect(resumed).toContain('the day itself');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-06T09:00Z']);
});

test('/countdown resume marks paused countdowns in autocomplete', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await said(sandbox, '/countdown pause countdown:Ballerina');
  const { choices = [] } = await sandbox.autocomplete('/countdown resume countdown:');
  expect(choices.map(({ name }) => name)).toEqual([expect.stringMatching(/^1\. Ballerina.*\(paused\)$/)]);
});

test('a countdown stays paused after a restart and an edit', async () => {
  const state = temporaryFolder();
  const first = await botAt('2025-05-01T00:00:00Z', { state });
  await added(first, BALLERINA);
  await said(first, '/countdown pause countdown:Ballerina');
  await first.stop();
  const sandbox = await botAt('2025-06-05T08:00:00Z', { state });
  expect(await said(sandbox, '/countdown edit countdown:Ballerina time:10:00')).toContain(
    'It’s still paused',
  );
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect(await times(sandbox)).toEqual([]);
  await said(sandbox, '/countdown resume countdown:Ballerina');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-06-06T10:00Z']);
});

test('a resumed countdown announces a date that moved during the pause once', async () => {
  const sandbox = await botAt('2024-02-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await said(sandbox, '/countdown pause countdown:Ballerina');
  await sandbox.turn('2024-03-01T12:00:00Z');
  expect(await said(sandbox, '/countdown resume countdown:Ballerina')).toContain('the new date');
  await sandbox.turn('2024-03-05T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringMatching(/^2024-03-02T09:00Z .*has moved/)]);
});

test('pausing a paused or resuming a running countdown is refused', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  expect(await said(sandbox, '/countdown resume countdown:Ballerina')).toContain('isn’t paused');
  await said(sandbox, '/countdown pause countdown:Ballerina');
  expect(await said(sandbox, '/countdown pause countdown:Ballerina')).toContain('already paused');
});

test('/countdown resume retries a post that the channel refused', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  expect(await said(sandbox, '/countdown resume countdown:Ballerina')).toContain('Trying again');
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-30T13:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-30T12:00Z']);
});

test.each(['pause', 'resume', 'preview', 'test', 'edit', 'status'])(
  '/countdown %s refuses an unknown countdown',
  async (command) => {
    const sandbox = await botAt('2025-05-01T00:00:00Z');
    await added(sandbox, BALLERINA);
    const refused = await said(sandbox, `/countdown ${command} countdown:Caine @everyone`);
    expect(refused).toContain('No countdown here matches “Caine \\@everyone”');
  },
);
