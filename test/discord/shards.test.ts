import { expect, test } from 'vitest';
import { added, botAt, said, storedRows, temporaryFolder } from '../commands/countdown/support.ts';
import { sandboxFor } from '../sandbox/support.ts';
import { serverOfEachShard, shardOf } from './bots.ts';

const AT = '2025-05-01T00:00:00Z';
const CALLBACK = 'POST /interactions/:id/:token/callback';
const RELEASE = 'release:ballerina/release/theatrical/us';

/** The state of a world in which Discord advises some shards, and each has a server. */
async function worldOf(count: number) {
  const state = temporaryFolder();
  const world = await sandboxFor({ state, at: AT });
  // Else a client would wait five seconds from one shard to the next.
  await world.world({ shards: count, maxConcurrency: 16 });
  const servers = await serverOfEachShard(world, count);
  await world.stop();
  return { state, servers };
}

test('without SHARDS the bot runs as many shards as Discord recommends, and each event arrives once', async () => {
  const { state, servers } = await worldOf(3);
  const sandbox = await botAt(AT, { state });
  expect((await sandbox.counters()).identifies).toBe(3);
  for (const guild of servers) {
    await added(sandbox, `${RELEASE} channel:general milestones:30`, { guild });
    expect(await said(sandbox, '/countdown list', { guild })).toContain('(1 of 25)');
  }
  expect((await sandbox.counters()).requests[CALLBACK]).toBe(2 * servers.length);
  const [first = '', ...others] = servers;
  await sandbox.world({ removeBot: first });
  await sandbox.turn('2025-05-08T00:00:00Z');
  for (const guild of others) {
    const messages = await sandbox.messages('general', guild);
    expect(messages.filter(({ request }) => 'nonce' in (request as object))).toHaveLength(1);
  }
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes(first))).toEqual([]);
});

test('a process with SHARDS runs only these shards', async () => {
  const { state, servers } = await worldOf(2);
  const [notOurs = '', ours = ''] = servers;
  const sandbox = await botAt(AT, {
    state,
    env: { SHARDS: '1', SHARD_COUNT: '2' },
  });
  expect((await sandbox.counters()).identifies).toBe(1);
  expect(await said(sandbox, '/countdown list', { guild: ours })).toContain('no countdowns yet');
  expect(await said(sandbox, '/countdown list', { guild: notOurs })).toBe('The application did not respond');
});

test('a process erases departed servers of its own shards only', async () => {
  const { state, servers } = await worldOf(2);
  const all = await botAt(AT, { state });
  const [left0 = '', left1 = ''] = servers;
  const { guilds } = await all.world({ guilds: 40 });
  const kept1 = guilds.find(({ id }) => id !== left1 && shardOf(id, 2) === 1)?.id ?? '';
  expect(kept1).not.toBe('');
  for (const guild of [left0, left1, kept1]) await added(all, `${RELEASE} channel:general`, { guild });
  await all.stop();

  const away = await sandboxFor({ state });
  for (const guild of [left0, left1]) await away.world({ removeBot: guild });
  await away.stop();

  const rowsOf = (guild: string) => storedRows(state).filter((row) => row.includes(guild)).length;
  const start = async (shard: string) => {
    const one = await botAt(AT, { state, env: { SHARDS: shard, SHARD_COUNT: '2' } });
    // The data of a server is kept for a day.
    await one.turn(one.clock.now().add({ hours: 25 }));
    await one.stop();
    return [left0, left1, kept1].map((guild) => rowsOf(guild) > 0);
  };
  expect(await start('1')).toEqual([true, false, true]);
  expect(await start('0')).toEqual([false, false, true]);
});
