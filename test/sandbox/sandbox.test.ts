import { expect, test } from 'vitest';
import { snowflakeTime } from '../../sandbox/world/snowflake.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

test('several sandboxes run at the same time and have separate worlds', async () => {
  const sandboxes = await Promise.all([sandboxFor(), sandboxFor(), sandboxFor()]);
  expect(new Set(sandboxes.map((sandbox) => sandbox.url)).size).toBe(3);
  await sandboxes[0]?.world({ addChannel: { name: 'only here' } });
  expect((await sandboxes[1]?.state())?.guilds[0]?.channels).toHaveLength(3);
});

test('a new world has one server with three channels, two members, the bot and two roles', async () => {
  const sandbox = await sandboxFor();
  const { guilds, commands, now } = await sandbox.state();
  expect(now).toMatch(/^2024-01-20T12:00:0/);
  expect(commands).toEqual([]);
  const [guild] = guilds;
  expect(guild?.channels.map((channel) => channel.name)).toEqual(['general', 'announcements', 'releases']);
  expect(guild?.members.map((member) => member.name)).toEqual(['winston', 'Concierge', 'john']);
  expect(guild?.roles.map((role) => [role.name, role.mentionable])).toEqual([
    ['@everyone', false],
    ['Concierge', false],
    ['High Table', true],
    ['Ruska Roma', false],
  ]);
});

test("a message has the time of the sandbox's clock in its timestamp and id", async () => {
  const sandbox = await sandboxFor();
  await sandbox.turn('2025-06-06T16:00:00Z');
  const { body } = await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, {
    content: 'x',
  });
  expect(body.timestamp).toMatch(/^2025-06-06T16:00:00/);
  expect(new Date(snowflakeTime(body.id)).toISOString()).toMatch(/^2025-06-06T16:00:00/);
});

test('turning the clock waits until the bot has handled all events', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  client.on('channelCreate', async (channel) => {
    if (channel.isSendable()) await channel.send('welcome');
  });
  await sandbox.world({ addChannel: { name: 'new' } });
  await sandbox.turn('2024-02-01T00:00:00Z');
  expect((await sandbox.messages('new')).map((message) => message.content)).toEqual(['welcome']);
});

test('a state folder can be used by one sandbox at a time', async () => {
  const state = temporaryFolder();
  const first = await sandboxFor({ state });
  await expect(sandboxFor({ state })).rejects.toThrow('is in use by another sandbox');
  await first.stop();
  const second = await sandboxFor({ state });
  expect((await second.state()).guilds).toHaveLength(1);
});

test('kill closes the connections of bots at once', async () => {
  const sandbox = await sandboxFor({ state: temporaryFolder() });
  const { wire } = await identified(sandbox);
  await sandbox.kill();
  expect(await wire.closed).toBe(1006);
});
