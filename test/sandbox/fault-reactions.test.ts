import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

const POST = 'POST /channels/*/messages';

const reactions = async (sandbox: Sandbox) => {
  const rules = (await (await fetch(`${sandbox.url}/sandbox/faults`)).json()) as { reaction: unknown }[];
  return rules.map(({ reaction }) => reaction);
};

test('a fault tells whether the bot repeated the request, and what it got', async () => {
  const sandbox = await sandboxFor();
  const bot = await botIn(sandbox);
  const channel = await bot.channels.fetch(await channelId(sandbox));
  if (!channel?.isSendable()) throw new Error('no channel');
  await sandbox.faults([{ route: POST, times: 2, does: { status: 500 } }]);
  expect(await reactions(sandbox)).toEqual([null]);
  await channel.send('hello');
  expect(await reactions(sandbox)).toEqual([{ did: 'retried', after: expect.any(Number), status: 200 }]);
});

test('a request that is not repeated has no reaction, and a repeated one may fail again', async () => {
  const sandbox = await sandboxFor();
  const path = `/channels/${await channelId(sandbox)}/messages`;
  await sandbox.faults([{ route: POST, does: { status: 403, code: 50_013 } }]);
  await request(sandbox, 'POST', path, { content: 'once' });
  expect(await reactions(sandbox)).toEqual([null]);
  await request(sandbox, 'POST', path, { content: '' });
  expect(await reactions(sandbox)).toEqual([{ did: 'retried', after: expect.any(Number), status: 400 }]);
  await sandbox.faults([]);
  expect(await reactions(sandbox)).toEqual([]);
});

test('a fault of the gateway tells whether the bot resumed its session or identified again', async () => {
  const sandbox = await sandboxFor();
  await botIn(sandbox);
  await sandbox.faults([{ gateway: 'drop' }]);
  await expect
    .poll(() => reactions(sandbox))
    .toEqual([{ did: 'resumed', after: expect.any(Number), status: null }]);

  // By hand: discord.js leaves five seconds between two sessions.
  const other = await sandboxFor();
  await other.world({ maxConcurrency: 2 });
  const { wire } = await identified(other);
  await other.faults([{ gateway: { close: 4007 } }]);
  await wire.closed;
  await identified(other, { shard: [1, 2] });
  expect(await reactions(other)).toEqual([{ did: 'identified', after: expect.any(Number), status: null }]);
});
