import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, request, sandboxFor } from './support.ts';

/** A sandbox with a thread "talk" in the channel "general". */
async function withThread() {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off', addThread: { channel: 'general', name: 'talk' } });
  const id = await channelId(sandbox, 'talk');
  const post = () => request(sandbox, 'POST', `/channels/${id}/messages`, { content: 'x' });
  return { sandbox, id, post };
}

const metadata = async (sandbox: Sandbox, id: string) =>
  (await request(sandbox, 'GET', `/channels/${id}`)).body.thread_metadata;

test("a thread has Discord's fields, accepts messages, and is not listed as a channel", async () => {
  const { sandbox, id, post } = await withThread();
  const { body } = await request(sandbox, 'GET', `/channels/${id}`);
  expect(body).toMatchObject({ type: 11, parent_id: await channelId(sandbox, 'general') });
  expect(body.thread_metadata).toMatchObject({ archived: false, locked: false });
  expect(body.permission_overwrites).toBeUndefined();
  expect((await post()).status).toBe(200);
  const [guild] = (await sandbox.state()).guilds;
  const { body: channels } = await request(sandbox, 'GET', `/guilds/${guild?.id}/channels`);
  expect(channels.map(({ name }: { name: string }) => name)).not.toContain('talk');
});

test('sending in a thread needs the permission for threads, by the overwrites of its channel', async () => {
  const { sandbox, post } = await withThread();
  await sandbox.world({ deny: { channel: 'general', permission: 'SendMessages' } });
  expect((await post()).status).toBe(200);
  await sandbox.world({ deny: { channel: 'general', permission: 'SendMessagesInThreads' } });
  expect((await post()).body).toMatchObject({ code: 50013 });
  await sandbox.world({ deny: { channel: 'general', permission: 'ViewChannel' } });
  expect((await post()).body).toMatchObject({ code: 50001 });
});

test('a message reopens an archived thread, and a locked one needs the permission to manage threads', async () => {
  const { sandbox, id, post } = await withThread();
  await sandbox.world({ changeThread: { channel: 'talk', archived: true } });
  expect(await metadata(sandbox, id)).toMatchObject({ archived: true });
  expect((await post()).status).toBe(200);
  expect(await metadata(sandbox, id)).toMatchObject({ archived: false });
  await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
  expect((await post()).body).toMatchObject({ code: 160005 });
  await sandbox.world({ changeThread: { channel: 'talk', archived: true } });
  expect((await post()).body).toMatchObject({ code: 50083 });
  await sandbox.world({ allow: { channel: 'general', permission: 'ManageThreads' } });
  expect((await post()).status).toBe(200);
});

test('bots get events when a thread is created, locked, and deleted with its channel', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const heard: string[] = [];
  client.on('threadCreate', (thread) => heard.push(`created ${thread.name}`));
  client.on('threadUpdate', (_, thread) => heard.push(`locked ${thread.locked}`));
  client.on('threadDelete', (thread) => heard.push(`gone ${thread.name}`));
  await sandbox.world({ addThread: { channel: 'general', name: 'talk' } });
  await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
  await sandbox.world({ deleteChannel: 'general' });
  await expect.poll(() => heard).toEqual(['created talk', 'locked true', 'gone talk']);
});

test('a thread chosen in an option is resolved with its state', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ addThread: { channel: 'general', name: 'talk' } });
  await sandbox.world({ changeThread: { channel: 'talk', locked: true } });
  let resolved: unknown;
  const client = await botIn(sandbox, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const option = interaction.options.data[0];
    resolved = option?.channel;
    await interaction.reply('ok');
  });
  await client.application.commands.set([
    {
      name: 'hi',
      description: 'x',
      options: [{ type: 7, name: 'where', description: 'x', channelTypes: [11] }],
    },
  ]);
  await sandbox.command('/hi where:talk');
  expect(resolved).toMatchObject({ locked: true });
  expect((await sandbox.command('/hi where:general')).error).toContain('right type');
});

test("the bot's permissions in a thread are those of its channel", async () => {
  const { sandbox } = await withThread();
  await sandbox.world({ deny: { channel: 'general', permission: 'EmbedLinks' } });
  const [guild] = (await sandbox.state()).guilds;
  const held = guild?.channels.find(({ name }) => name === 'talk')?.botPermissions;
  expect(BigInt(held ?? 0) & PermissionFlagsBits.EmbedLinks).toBe(0n);
});
