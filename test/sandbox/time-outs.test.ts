import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, identified, request, sandboxFor } from './support.ts';

const UNTIL = '2024-01-20T13:00:00Z';

/** What Discord answers to a post, and to reading the channel. */
async function answers(sandbox: Sandbox) {
  const path = `/channels/${await channelId(sandbox)}/messages`;
  const posted = await request(sandbox, 'POST', path, { content: 'x' });
  return [posted.status, posted.body.code, (await request(sandbox, 'GET', path)).status];
}

test('a bot in a time-out may read and not post, until its end', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ timeOut: { until: UNTIL } });
  expect(await answers(sandbox)).toEqual([403, 50013, 200]);
  await sandbox.turn('2024-01-20T12:59:59Z');
  expect(await answers(sandbox)).toEqual([403, 50013, 200]);
  await sandbox.turn(UNTIL);
  expect(await answers(sandbox)).toEqual([200, undefined, 200]);
});

test('a time-out is in the member, refuses scheduled events, and can be ended', async () => {
  const sandbox = await sandboxFor();
  const { bot, guilds } = await sandbox.state();
  const guild = `/guilds/${guilds[0]?.id}`;
  const until = async () =>
    (await request(sandbox, 'GET', `${guild}/members/${bot.id}`)).body.communication_disabled_until;
  const create = async () => (await request(sandbox, 'POST', `${guild}/scheduled-events`, {})).body.code;
  await sandbox.world({ timeOut: { until: UNTIL } });
  expect([await until(), await create()]).toEqual([UNTIL, 50013]);
  await sandbox.world({ timeOut: { until: null } });
  // The event is empty: it is refused for its form.
  expect([await until(), await create()]).toEqual([null, 50035]);
  expect(await answers(sandbox)).toEqual([200, undefined, 200]);
});

test('a time-out and its end are reported over the gateway', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  await sandbox.world({ timeOut: { until: UNTIL } });
  const { d } = await wire.next((payload) => payload.t === 'GUILD_MEMBER_UPDATE');
  expect(d).toMatchObject({ communication_disabled_until: UNTIL, user: { bot: true } });
});

test('a time-out without an instant, or in a server without the bot, is refused', async () => {
  const sandbox = await sandboxFor();
  await expect(sandbox.world({ timeOut: { until: 'soon' } })).rejects.toThrow();
  await sandbox.world({ removeBot: 'The Continental' });
  await expect(sandbox.world({ timeOut: { until: UNTIL } })).rejects.toThrow('The bot is not in');
});
