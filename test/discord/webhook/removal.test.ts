import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import {
  added,
  botAt,
  CHANNEL_REFUSED,
  posts,
  rowsOfCountdowns,
  said,
  temporaryFolder,
} from '../../commands/countdown/support.ts';

const RELEASE = 'release:ballerina/release/theatrical/us';

/** A bot that hears of nothing but interactions and webhook events, with two countdowns. */
async function overHttp(state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt('2025-05-01T00:00:00Z', { state, interactions: 'http' });
  await added(sandbox, `${RELEASE} channel:releases milestones:30,7,1,0`);
  await added(sandbox, `${RELEASE} channel:announcements milestones:30,7,1,0`);
  return sandbox;
}

const asked = async (sandbox: Sandbox, route: string) => (await sandbox.counters()).requests[route] ?? 0;

describe('without a gateway that reports removals', () => {
  test('the first refused post causes a membership check, and everything about the server is erased', async () => {
    const state = temporaryFolder();
    const sandbox = await overHttp(state);
    await sandbox.world({ removeBot: 'The Continental' });
    await sandbox.turn('2025-05-10T00:00:00Z');
    expect(await asked(sandbox, 'GET /guilds/:id')).toBeGreaterThan(0);
    expect((await sandbox.counters()).invalid).toBeLessThanOrEqual(4);
    await sandbox.stop();
    expect(rowsOfCountdowns(state)).toEqual([]);
  });

  test('a deleted or hidden channel silences its countdown and erases nothing', async () => {
    const sandbox = await overHttp();
    await sandbox.world({ deleteChannel: 'releases' });
    await sandbox.world({ deny: { channel: 'announcements', permission: 'ViewChannel' } });
    // Before the message about the silence, for which the server's name is requested.
    await sandbox.turn('2025-05-07T09:00:30Z');
    expect(await asked(sandbox, 'GET /guilds/:id')).toBe(2);
    const list = await said(sandbox, '/countdown list');
    expect(list).toMatch(/The channel .+ is gone/);
    expect(list).toMatch(/I can’t see/);
  });

  test('a read-only channel causes no membership check', async () => {
    const sandbox = await overHttp();
    await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
    await sandbox.turn('2025-05-07T09:00:30Z');
    expect(await asked(sandbox, 'GET /guilds/:id')).toBe(0);
    expect(await posts(sandbox, 'announcements')).toHaveLength(1);
  });

  test('an outage of the server erases nothing', async () => {
    const sandbox = await overHttp();
    await sandbox.world({ outage: 'The Continental' });
    await sandbox.turn('2025-05-07T09:05:00Z');
    await sandbox.world({ endOutage: 'The Continental' });
    await sandbox.turn('2025-05-10T00:00:00Z');
    expect(await posts(sandbox)).toHaveLength(1);
  });

  test('a token of another application causes no membership check and erases nothing', async () => {
    const state = temporaryFolder();
    const own = await overHttp(state);
    await own.stop();
    const rows = rowsOfCountdowns(state).length;
    const db = new DatabaseSync(join(state, 'concierge.sqlite'));
    db.exec(
      `UPDATE documents SET value = replace(value, '"applicationId":"', '"applicationId":"9') WHERE key LIKE 'identity::%'`,
    );
    db.close();
    const other = await botAt('2025-05-01T01:00:00Z', { state, interactions: 'http' });
    await other.world({ removeBot: 'The Continental' });
    await other.turn('2025-05-07T09:00:30Z');
    expect(await asked(other, 'GET /guilds/:id')).toBe(0);
    await other.turn('2025-05-10T00:00:00Z');
    await other.stop();
    expect(rowsOfCountdowns(state).length).toBeGreaterThanOrEqual(rows);
  });
});

describe('without a gateway that reports permissions', () => {
  async function silent(): Promise<Sandbox> {
    const sandbox = await overHttp();
    await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
    await sandbox.turn('2025-05-10T00:00:00Z');
    expect(await posts(sandbox)).toEqual([]);
    return sandbox;
  }

  test('a silenced countdown resumes when an admin uses /countdown in any channel', async () => {
    const sandbox = await silent();
    expect(await said(sandbox, '/countdown list')).toContain('I can’t post');
    await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
    expect(await said(sandbox, '/countdown list', { channel: 'general' })).not.toMatch(CHANNEL_REFUSED);
    await sandbox.turn('2025-05-31T00:00:00Z');
    expect(await posts(sandbox)).not.toEqual([]);
  });

  test('a silenced countdown in a thread resumes too, by the permissions of its parent channel', async () => {
    const sandbox = await overHttp();
    await sandbox.world({ addThread: { channel: 'releases', name: 'talk' } });
    await added(sandbox, `${RELEASE} channel:talk milestones:30,7,1,0`);
    await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
    await sandbox.turn('2025-05-10T00:00:00Z');
    expect(await said(sandbox, '/countdown list')).toMatch(/The thread <#\d+> is locked/);
    await sandbox.world({ changeThread: { channel: 'talk', locked: false } });
    await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessagesInThreads' } });
    expect(await said(sandbox, '/countdown list')).toMatch(CHANNEL_REFUSED);
    await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessagesInThreads' } });
    expect(await said(sandbox, '/countdown list')).not.toMatch(CHANNEL_REFUSED);
    await sandbox.turn('2025-05-31T00:00:00Z');
    expect(await posts(sandbox, 'talk')).not.toEqual([]);
  });

  test('a person who blocks direct messages causes no membership check', async () => {
    const sandbox = await overHttp();
    await said(sandbox, `/remind me ${RELEASE} milestones:30,7`, { user: 'john' });
    await sandbox.world({ closeDirect: 'john' });
    await sandbox.turn('2025-05-10T00:00:00Z');
    expect(await asked(sandbox, 'GET /guilds/:id')).toBe(0);
    expect(await said(sandbox, '/remind list', { user: 'john' })).toContain('Ballerina');
  });

  test('a silenced countdown resumes when the bot is invited again', async () => {
    const sandbox = await silent();
    await sandbox.world({ removeBot: 'The Continental' });
    await sandbox.world({ addBot: 'The Continental' });
    await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
    await sandbox.world({ removeBot: 'The Continental' });
    // Two invitations at one instant would be one event that is sent twice.
    await sandbox.turn('2025-05-10T00:01:00Z');
    await sandbox.world({ addBot: 'The Continental' });
    await sandbox.turn('2025-05-31T00:00:00Z');
    expect(await posts(sandbox)).not.toEqual([]);
  });

  test('a command in a server without silenced countdowns sends no request', async () => {
    const sandbox = await overHttp();
    const before = await sandbox.counters();
    await said(sandbox, '/countdown settings');
    expect((await sandbox.counters()).requests).toEqual(before.requests);
  });

  test('a command is answered even if the permission check fails', async () => {
    const sandbox = await silent();
    await sandbox.faults([
      { route: 'GET /guilds/*/roles', times: 'always', does: { status: 403, code: 50001 } },
    ]);
    expect(await said(sandbox, '/countdown list')).toContain('I can’t post');
  });
});
