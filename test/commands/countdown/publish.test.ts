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

test('only countdown posts in announcement channels are published, test posts are not', async () => {
  const sandbox = await withNews();
  await said(sandbox, '/countdown test countdown:Ballerina');
  await added(sandbox, BALLERINA.replace('news', 'releases'));
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect(await published(sandbox)).toEqual([false, true, true]);
  expect(await published(sandbox, 'releases')).toEqual([false, false]);
});

test('after a change of channel, posts are published only in announcement channels', async () => {
  const sandbox = await withNews();
  await said(sandbox, '/countdown edit countdown:Ballerina channel:releases');
  await sandbox.turn('2025-05-31T00:00:00Z');
  await said(sandbox, '/countdown edit countdown:Ballerina channel:news');
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect([await published(sandbox, 'releases'), await published(sandbox)]).toEqual([[false], [true]]);
});

test('a refused publication keeps the post, and the status says to publish by hand', async () => {
  const sandbox = await withNews();
  await sandbox.faults([{ route: CROSSPOST, does: { status: 500 } }]);
  await sandbox.turn('2025-05-30T09:00:10Z');
  await sandbox.world({ deny: { channel: 'news', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  expect(await published(sandbox)).toEqual([false]);
  expect(await said(sandbox, '/countdown status')).toContain('publish it by hand');
  await sandbox.world({ allow: { channel: 'news', permission: 'SendMessages' } });
  await sandbox.turn('2025-06-05T12:00:00Z');
  expect(await published(sandbox)).toEqual([false, true]);
  expect(await said(sandbox, '/countdown status')).not.toContain('by hand');
});

test.each([
  ['an error', { status: 500 }],
  ['an HTML page', { status: 403, html: true }],
  ['a stray refusal (50013)', { status: 403, code: 50013 }],
  ['a stray refusal (50001)', { status: 403, code: 50001 }],
  ['a short rate limit', { rateLimit: 0.1 }],
  ['a 429 without a wait', { status: 429 }],
  ['a connection that is cut', { reset: true }],
] as const)('publishing is retried after %s, and the post is made once', async (_, does) => {
  const sandbox = await withNews();
  await sandbox.faults([{ route: CROSSPOST, times: 2, does }]);
  await sandbox.turn('2025-05-31T12:00:00Z');
  expect(await published(sandbox)).toEqual([true]);
});

test('a rate limit on publishing does not delay posts in the same channel', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const sender = recordingChannels({ clock });
  const { promise, resolve } = Promise.withResolvers<void>();
  const bot = machine({
    clock,
    sender,
    crosspost: async () => {
      await promise;
      return { kind: 'published' };
    },
  });
  const first = await bot.add({ publish: true, milestones: [7] });
  const second = await bot.add({ publish: true, milestones: [7], release: 'film/premiere' });
  clock.set('2024-05-31T09:00:00Z');
  const due = await bot.queue.claim(clock.now(), new Set(), 10);
  const work = due.map(bot.process);
  await expect.poll(() => sender.posted.length).toBe(2);
  resolve();
  await Promise.all(work);
  expect(new Set(due.map(({ entryId }) => entryId))).toEqual(new Set([first.id, second.id]));
});

test('failed publishing is retried ever less often and given up after a day', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const attempts: string[] = [];
  const bot = machine({
    clock,
    sender: recordingChannels({ clock }),
    crosspost: async () => {
      attempts.push(String(clock.now()));
      return { kind: 'retry', why: '429' };
    },
  });
  await bot.add({ publish: true, milestones: [7] });
  await bot.runTo('2024-06-03T00:00:00Z');
  expect(attempts.length).toBeGreaterThan(8);
  expect(attempts.length).toBeLessThan(15);
  expect(Temporal.Instant.compare(attempts.at(-1) ?? '', '2024-06-01T09:00:00Z')).toBeLessThan(1);
});

test('a publication with a lost response is not repeated, and neither is the post', async () => {
  const sandbox = await withNews();
  await sandbox.faults([{ route: CROSSPOST, does: { status: 500, when: 'after' } }]);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await published(sandbox)).toEqual([true]);
});

test('a bot killed before publishing publishes after restart without posting again', async () => {
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
