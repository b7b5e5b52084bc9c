import { join } from 'node:path';
import { MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { machine, recordingChannels, testClock } from '../../delivery/support.ts';
import { added, botAt, said, temporaryFolder } from './support.ts';

const START = '2025-05-29T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us channel:news milestones:7,1,0';
const CROSSPOST = 'POST /channels/*/messages/*/crosspost';

async function withNews(): Promise<Sandbox> {
  const sandbox = await botAt(START);
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  await added(sandbox, BALLERINA);
  return sandbox;
}

/** Whether each post of the channel went on to those who follow it. */
const published = async (sandbox: Sandbox, channel = 'news') =>
  (await sandbox.messages(channel)).map(({ flags }) => Boolean(flags & MessageFlags.Crossposted));

test('posts in an announcement channel are published, tests and posts elsewhere are not', async () => {
  const sandbox = await withNews();
  await said(sandbox, '/countdown test countdown:Ballerina');
  await added(sandbox, BALLERINA.replace('news', 'releases'));
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect(await published(sandbox)).toEqual([false, true, true]);
  expect(await published(sandbox, 'releases')).toEqual([false, false]);
});

test('whether posts are published follows the channel that an edit leads to', async () => {
  const sandbox = await withNews();
  await said(sandbox, '/countdown edit countdown:Ballerina channel:releases');
  await sandbox.turn('2025-05-31T00:00:00Z');
  await said(sandbox, '/countdown edit countdown:Ballerina channel:news');
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect([await published(sandbox, 'releases'), await published(sandbox)]).toEqual([[false], [true]]);
});

test.each([
  ['refused', { status: 403, code: 50013 }],
  ['answered with an error', { status: 500 }],
  ['rate limited', { rateLimit: 3600 }],
  ['cut off', { reset: true }],
] as const)(
  'where publishing is %s the post stands, once, the countdown goes on, and the status says so',
  async (_, does) => {
    const sandbox = await withNews();
    await sandbox.faults([{ route: CROSSPOST, does }]);
    await sandbox.turn('2025-05-30T12:00:00Z');
    expect(await published(sandbox)).toEqual([false]);
    expect(await said(sandbox, '/countdown status')).toContain('publish it by hand');
    await sandbox.turn('2025-06-05T12:00:00Z');
    expect(await published(sandbox)).toEqual([false, true]);
    expect(await said(sandbox, '/countdown status')).not.toContain('by hand');
  },
);

test('a post that was published though the answer was lost is not published twice, nor posted twice', async () => {
  const sandbox = await withNews();
  await sandbox.faults([{ route: CROSSPOST, does: { status: 500, when: 'after' } }]);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await published(sandbox)).toEqual([true]);
});

test('a bot that is cut off between the post and its publishing makes up for the second, not the first', async () => {
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock('2024-05-30T00:00:00Z');
  const sender = recordingChannels({ clock });
  const asked: string[] = [];
  const killed = async () => {
    throw new Error('killed');
  };
  const first = machine({ clock, sender, path, crosspost: killed });
  await first.add({ publish: true, milestones: [7, 0] });
  clock.set('2024-05-31T09:00:00Z');
  await expect(first.run()).rejects.toThrow('killed');
  first.close();
  const second = machine({
    clock,
    sender,
    path,
    crosspost: async (channelId, messageId) => {
      asked.push(`${channelId}/${messageId}`);
      return { kind: 'published' };
    },
  });
  await second.runTo('2024-06-01T00:00:00Z');
  expect(sender.posted).toHaveLength(1);
  expect(asked).toEqual([`${sender.posted[0]?.channelId}/${sender.posted[0]?.id}`]);
});
