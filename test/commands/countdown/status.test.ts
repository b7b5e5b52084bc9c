import { expect, test } from 'vitest';
import { added, botAt, said } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
const seconds = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 1000;

test('/countdown status shows the next post and links to the last one', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('no countdowns yet');
  await added(sandbox, BALLERINA);
  expect(await said(sandbox, '/countdown status')).toContain('Nothing has been posted yet');
  await sandbox.turn('2025-05-30T12:00:00Z');
  const [post] = await sandbox.messages('releases');
  const [guild] = (await sandbox.state()).guilds;
  const status = await said(sandbox, '/countdown status');
  expect(status).toContain(`Next post: 1 day left, <t:${seconds('2025-06-05T09:00Z')}:F>`);
  expect(status).toContain(
    `Last post: <t:${seconds('2025-05-30T09:00Z')}:F> (<t:${seconds('2025-05-30T09:00Z')}:R>), https://discord.com/channels/${guild?.id}/${post?.channelId}/${post?.id}`,
  );
});

test('/countdown status links to the old channel after a change of channel', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-30T12:00:00Z');
  await said(sandbox, '/countdown edit countdown:Ballerina channel:general');
  const [post] = await sandbox.messages('releases');
  expect(await said(sandbox, '/countdown status')).toContain(`/${post?.channelId}/${post?.id}`);
});

test('/countdown status says why a countdown is silent and what to do', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await added(sandbox, 'release:chapter-5/release/theatrical/us channel:general');
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  const lines = (await said(sandbox, '/countdown status')).split('\n').slice(1);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\*\*1\\\. Ballerina.*I can’t post.*\*\*Send Messages\*\*/);
  expect(lines[1]).toMatch(/^\*\*2\\\. .*once a date is announced/);
});

test('/countdown status shows one countdown chosen from autocomplete', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await added(sandbox, BALLERINA.replace('releases', 'general'));
  const { choices = [] } = await sandbox.autocomplete('/countdown status countdown:2');
  const status = await said(sandbox, `/countdown status countdown:${choices[0]?.value}`);
  expect(status).toContain('**2\\. Ballerina');
  expect(status).not.toContain('**1');
  expect(await said(sandbox, '/countdown status countdown:Ballerina')).toContain('2 countdowns match');
});

test('/countdown status shows that a countdown is finished', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('Finished. Everything was posted. Last post');
});
