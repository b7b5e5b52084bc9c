import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { added, botAt, said, temporaryFolder, times } from './support.ts';

const START = '2025-05-29T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us channel:talk milestones:7,1,0';

/** A thread "talk" in the channel "releases". */
async function withThread(options: { state?: string } = {}): Promise<Sandbox> {
  const sandbox = await botAt(START, options);
  await sandbox.world({ addThread: { channel: 'releases', name: 'talk' } });
  return sandbox;
}

test('a countdown posts in its thread even after it was archived', async () => {
  const sandbox = await withThread();
  await added(sandbox, BALLERINA);
  await sandbox.world({ changeThread: { channel: 'talk', archived: true } });
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect(await times(sandbox, 'talk')).toEqual([
    '2025-05-30T09:00Z',
    '2025-06-05T09:00Z',
    '2025-06-06T09:00Z',
  ]);
  expect(await times(sandbox)).toEqual([]);
});

test('/countdown add accepts a forum post but refuses the forum itself', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ addChannel: { name: 'films', type: 'forum' } });
  await sandbox.world({ addThread: { channel: 'films', name: 'talk' } });
  expect(await said(sandbox, `/countdown add ${BALLERINA.replace('talk', 'films')}`)).toContain('right type');
  await added(sandbox, BALLERINA);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await times(sandbox, 'talk')).toEqual(['2025-05-30T09:00Z']);
});

test('/countdown add requires the thread permission in a thread, not the channel permission', async () => {
  const sandbox = await withThread();
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessagesInThreads' } });
  expect(await said(sandbox, `/countdown add ${BALLERINA}`)).toContain('**Send Messages in Threads**');
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessagesInThreads' } });
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await added(sandbox, BALLERINA);
});

test('/countdown add refuses a locked thread with the reason', async () => {
  const sandbox = await withThread();
  await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
  expect(await said(sandbox, `/countdown add ${BALLERINA}`)).toMatch(/The thread <#\d+> is locked/);
  await sandbox.world({ allow: { channel: 'releases', permission: 'ManageThreads' } });
  await added(sandbox, BALLERINA);
});

test.each([[false], [true]])(
  'a countdown is silent while its thread is locked (archived: %s) and then continues',
  async (archived) => {
    const sandbox = await withThread();
    await added(sandbox, BALLERINA);
    await sandbox.world({ changeThread: { channel: 'talk', locked: true, archived } });
    await sandbox.turn('2025-05-30T12:00:00Z');
    expect(await said(sandbox, '/countdown status')).toMatch(/The thread <#\d+> is locked/);
    await sandbox.world({ changeThread: { channel: 'talk', locked: false } });
    await sandbox.turn('2025-05-30T13:00:00Z');
    expect(await times(sandbox, 'talk')).toEqual(['2025-05-30T12:00Z']);
  },
);

test('a locked thread is not retried when anything else changes', async () => {
  const sandbox = await withThread();
  await added(sandbox, BALLERINA);
  await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  await sandbox.world({ addChannel: { name: 'more' } });
  await sandbox.world({ changeThread: { channel: 'talk', archived: true } });
  await sandbox.turn('2025-06-07T00:00:00Z');
  // One of them is the message to the person who added the countdown.
  const directs = await sandbox.directs('winston');
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(1 + directs.length);
  expect(directs).toHaveLength(1);
});

test('a countdown continues when its archived thread is unlocked after a restart', async () => {
  const state = temporaryFolder();
  const first = await withThread({ state });
  await added(first, BALLERINA);
  await first.world({ changeThread: { channel: 'talk', locked: true, archived: true } });
  await first.turn('2025-05-30T12:00:00Z');
  await first.stop();
  const sandbox = await botAt('2025-05-30T13:00:00Z', { state });
  await sandbox.world({ changeThread: { channel: 'talk', locked: false } });
  await sandbox.turn('2025-05-30T14:00:00Z');
  expect(await times(sandbox, 'talk')).toEqual([expect.stringMatching(/^2025-05-30T13:0/)]);
});

test('a countdown in a thread continues when the channel grants the permission', async () => {
  const sandbox = await withThread();
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessagesInThreads' } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('I can’t post');
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessagesInThreads' } });
  await sandbox.turn('2025-05-30T13:00:00Z');
  expect(await times(sandbox, 'talk')).toEqual(['2025-05-30T12:00Z']);
});

test('/countdown status shows that a thread was deleted with its channel', async () => {
  const sandbox = await withThread();
  await added(sandbox, BALLERINA);
  await sandbox.world({ deleteChannel: 'releases' });
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('is gone');
});
